package org.bpttbench.harness.calibration;

import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BlockMoments;
import org.bpttbench.harness.inference.Hotelling;
import org.bpttbench.harness.inference.MaxT;
import org.bpttbench.harness.inference.RandomProjections;

/**
 * A test of no bias that verdicts once rested on, and which is wrong: a studentised maximum over directions joined with Hotelling's,
 * each at half the level. Whitening finds directions in which draws hardly vary and yet are off, because what would bring them back
 * was not drawn. Kept to show that calibration finds it out.
 */
final class JointTest {
    private static final int DIRECTIONS = 20;
    private static final int RESAMPLES = 199;
    private static final double TOLERANCE = 1e-12;

    private JointTest() {}

    /** @param measured of one block of few parameters, whose batch means were kept */
    static double pValue(BiasMeasurement measured, Seeds seeds) {
        BlockMoments block = measured.blocks().get(0);
        int batches = block.batches();
        int parameters = block.parameters();
        double norm = Math.sqrt(block.gradientSquared());
        double[] looked = new double[batches * (parameters + 1)];
        double[] triangle = block.triangle();
        for (int i = 0; i < triangle.length; i++) {
            triangle[i] /= norm * norm;
        }
        double[] coordinates = new double[batches * parameters];
        for (int m = 0; m < batches; m++) {
            looked[m * (parameters + 1)] = block.inner()[m] / (norm * norm);
            for (int p = 0; p < parameters; p++) {
                coordinates[m * parameters + p] = block.means()[m * parameters + p] / norm;
                looked[m * (parameters + 1) + p + 1] = coordinates[m * parameters + p];
            }
        }
        double[] joint = parameters <= DIRECTIONS
                ? coordinates
                : RandomProjections.of(
                        batches, triangle, DIRECTIONS, seeds.at("directions").generator());
        Hotelling spread = Hotelling.test(joint, batches, joint.length / batches, TOLERANCE);
        MaxT maximum = MaxT.test(
                looked,
                batches,
                parameters + 1,
                TOLERANCE,
                RESAMPLES,
                seeds.at("maximum").generator());
        return Math.min(1.0, 2.0 * Math.min(spread.pValue(), maximum.pValue()));
    }
}
