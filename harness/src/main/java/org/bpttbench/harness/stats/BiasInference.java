package org.bpttbench.harness.stats;

import java.util.List;
import java.util.Optional;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.harness.inference.Hotelling;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.inference.MaxT;
import org.bpttbench.harness.inference.MeanNorm;
import org.bpttbench.harness.inference.RandomProjections;
import org.bpttbench.harness.inference.StudentisedBootstrap;

/**
 * What draws say of an estimator's bias with its uncertainty. Replicates are strata of one long vector, as in
 * {@link BiasEstimate}: batch m of the vector is made of batch m of every replicate, over √R.
 *
 * <p>The test of no bias joins two, each at half the level: a studentised maximum over directions, that of the gradient among
 * them, which finds a bias that lies in few; and Hotelling's, which finds one that is spread. Directions are the parameters
 * where there are few, else random ones.
 */
public final class BiasInference {
    private static final double LEVEL = 0.95;

    /** More parameters than this share of the batches are looked at through random directions. */
    private static final int BATCHES_A_PARAMETER = 2;

    private static final int BATCHES_A_DIRECTION = 10;

    /** Of ‖g‖: what varies less has no chance in it. */
    private static final double TOLERANCE = 1e-12;

    private final MeanNorm norm;
    private final Interval projection;
    private final double pValue;

    private BiasInference(MeanNorm norm, Interval projection, double pValue) {
        this.norm = norm;
        this.projection = projection;
        this.pValue = pValue;
    }

    /** Empty if the draws are too few, or not in the same batches in all replicates. */
    static Optional<BiasInference> of(List<Stratum> strata, BiasEstimate estimate, Seeds seeds) {
        return of(strata, estimate, seeds, MaxT.RESAMPLES);
    }

    /** The same with so many resamples for the studentised maximum. */
    static Optional<BiasInference> of(List<Stratum> strata, BiasEstimate estimate, Seeds seeds, int resamples) {
        int batches = strata.get(0).batches();
        boolean alike = strata.stream().allMatch(stratum -> stratum.batches() == batches);
        if (!alike || batches < 2 * BATCHES_A_DIRECTION) {
            return Optional.empty();
        }
        double[] triangle = triangle(strata);
        double[][] projections = strata.stream().map(Stratum::projections).toArray(double[][]::new);
        return Optional.of(new BiasInference(
                MeanNorm.of(batches, triangle, estimate.squaredBias()),
                StudentisedBootstrap.interval(
                        projections, LEVEL, seeds.at("projection").generator()),
                test(strata, triangle, projections, seeds.at("test"), resamples)));
    }

    /** Of relative_bias; its point estimate may lie below. */
    public Interval relativeBias() {
        return norm.interval(LEVEL);
    }

    public Interval projection() {
        return projection;
    }

    /** Of no bias at all. */
    public double pValue() {
        return pValue;
    }

    /**
     * The smallest margin within which the bias lies.
     *
     * @param parts into which the level is divided: for each row of a family that are to hold together, over the share of a look
     */
    double smallestMargin(double parts) {
        return norm.upper(1.0 - (1.0 - LEVEL) / parts);
    }

    private static double[] triangle(List<Stratum> strata) {
        double[] sum = new double[strata.get(0).triangle().length];
        for (Stratum stratum : strata) {
            double[] own = stratum.triangle();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += own[i] / strata.size();
            }
        }
        return sum;
    }

    private static double test(
            List<Stratum> strata, double[] triangle, double[][] projections, Seeds seeds, int resamples) {
        int batches = projections[0].length;
        int directions = batches / BATCHES_A_DIRECTION;
        int parameters = strata.stream().mapToInt(Stratum::parameters).sum();
        Optional<double[]> coordinates =
                parameters <= batches / BATCHES_A_PARAMETER ? coordinates(strata, parameters) : Optional.empty();
        // Random directions are most of the work of a row, and of no use where parameters are as few.
        double[] joint = parameters <= directions && coordinates.isPresent()
                ? coordinates.get()
                : RandomProjections.of(
                        batches, triangle, directions, seeds.at("directions").generator());
        Hotelling spread = Hotelling.test(joint, batches, joint.length / batches, TOLERANCE);
        double[] looked = beside(errorAlong(projections), coordinates.orElse(joint), batches);
        MaxT maximum = MaxT.test(
                looked,
                batches,
                looked.length / batches,
                TOLERANCE,
                resamples,
                seeds.at("maximum").generator());
        return Math.min(1.0, 2.0 * Math.min(spread.pValue(), maximum.pValue()));
    }

    /** {@code [M]}: how far each batch mean is off along the gradient. */
    private static double[] errorAlong(double[][] projections) {
        double[] along = new double[projections[0].length];
        for (double[] stratum : projections) {
            for (int m = 0; m < along.length; m++) {
                along[m] += (stratum[m] - 1.0) / projections.length;
            }
        }
        return along;
    }

    /** {@code [M×P]} of all replicates, over √R; empty unless all were kept. */
    private static Optional<double[]> coordinates(List<Stratum> strata, int parameters) {
        int batches = strata.get(0).batches();
        double[] all = new double[batches * parameters];
        int offset = 0;
        for (Stratum stratum : strata) {
            Optional<double[]> own = stratum.coordinates();
            if (own.isEmpty()) {
                return Optional.empty();
            }
            int width = stratum.parameters();
            for (int m = 0; m < batches; m++) {
                for (int p = 0; p < width; p++) {
                    all[m * parameters + offset + p] = own.get()[m * width + p] / Math.sqrt(strata.size());
                }
            }
            offset += width;
        }
        return Optional.of(all);
    }

    private static double[] beside(double[] column, double[] rows, int batches) {
        int width = rows.length / batches;
        double[] joined = new double[batches * (width + 1)];
        for (int m = 0; m < batches; m++) {
            joined[m * (width + 1)] = column[m];
            System.arraycopy(rows, m * width, joined, m * (width + 1) + 1, width);
        }
        return joined;
    }
}
