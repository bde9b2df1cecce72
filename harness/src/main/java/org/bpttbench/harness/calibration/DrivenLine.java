package org.bpttbench.harness.calibration;

import java.util.OptionalDouble;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.bpttbench.core.cell.IdentityCell;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.RenewalTruncation;
import org.bpttbench.core.head.CoordinateHead;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.matrix.Decompositions;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.measure.EventSizes;

/**
 * The smallest system with P parameters and a memory, on which real ARTBP draws cost next to nothing:
 *
 * <pre>
 * s_t = a·s_{t−1} + ⟨θ, x_t⟩,   s_0 = 0,   ℓ_t = s_t,      x_t in R^P fixed, t = 1..T
 * ĝ = Σ_t δ̃_t x_t,              δ̃_t = 1 + a·w_t·δ̃_{t+1}    w_t the carry of the link t → t+1
 * </pre>
 *
 * <p>The adjoint is a scalar and depends neither on θ nor on x. So a draw is T numbers δ̃, whatever P; and since the
 * statistics are made of inner products alone, x_t may be replaced by the rows of any matrix with the same Gram matrix: by
 * T coordinates where of P nothing but Gram matrices is kept. The variance by age is computed on the same system as a
 * network, with θ = 0 (so that s = 0 and the recurrent weight has no gradient). Immutable.
 */
final class DrivenLine {
    /** T. */
    static final int STEPS = 100;

    /**
     * Mean and standard deviation of the entries of x: half of it common to all steps, in the direction of which draws are
     * skewed, half of it the step's own, which spreads their variance over many directions.
     */
    private static final double COMMON = 1;

    private final int parameters;
    private final Tail tail;
    private final double[] inputs;
    private final int width;
    private final double[] coordinates;
    private final double[] cuts = new double[STEPS];
    private final double[] carries = new double[STEPS];
    private final double[] adjoint = new double[STEPS];
    private final double[] gradient;
    private final BiasMeasurement exact;

    private DrivenLine(Tail tail, int parameters, Seeds seeds) {
        this.tail = tail;
        this.parameters = parameters;
        inputs = normal(STEPS * parameters, seeds.generator());
        boolean kept = parameters <= BiasProbe.BATCHES;
        width = kept ? parameters : STEPS;
        coordinates = kept ? inputs : Decompositions.factor(gram(inputs, parameters), STEPS);
        RenewalTruncation truncation = tail.estimator();
        for (int age = 1; age < STEPS; age++) {
            RenewalTruncation.Link link = truncation.link(age);
            cuts[age] = link.cut();
            carries[age] = tail.a() * link.carry();
        }
        for (int t = STEPS - 1; t >= 0; t--) {
            adjoint[t] = t == STEPS - 1 ? 1 : Math.fma(tail.a(), adjoint[t + 1], 1);
        }
        gradient = new double[width];
        for (int t = 0; t < STEPS; t++) {
            for (int p = 0; p < width; p++) {
                gradient[p] = Math.fma(adjoint[t], coordinates[t * width + p], gradient[p]);
            }
        }
        exact = probe().compute(truncation, 0);
    }

    /** @param seeds of the inputs */
    static DrivenLine of(Tail tail, int parameters, Seeds seeds) {
        return new DrivenLine(tail, parameters, seeds);
    }

    /** The same system as a network, measured on the same inputs. */
    BiasProbe probe() {
        Model model = new Model(new IdentityCell(parameters, 1, false), new CoordinateHead(1, 0, Loss.LINEAR));
        Network network = new Network(model, PlainKernels.INSTANCE);
        double[] theta = new double[network.parameters()];
        theta[0] = tail.a();
        network.load(theta);
        return new BiasProbe(network, new DrawnInputs(inputs, parameters), 1, 0, STEPS);
    }

    Tail tail() {
        return tail;
    }

    /** P. */
    int parameters() {
        return parameters;
    }

    /** P, or T where P is above {@value BiasProbe#BATCHES}. */
    int width() {
        return width;
    }

    /** {@code [T×width]}, not to be modified: rows with the inner products of x_t; x_t themselves where as wide. */
    double[] coordinates() {
        return coordinates;
    }

    /** {@code [width]}: g in these coordinates. Not to be modified. */
    double[] gradient() {
        return gradient;
    }

    /** {@code [T]}: the exact adjoint δ. Not to be modified. */
    double[] adjoint() {
        return adjoint;
    }

    /** The moments of the estimator as a network's, computed. */
    BiasMeasurement exact() {
        return exact;
    }

    EventSizes events() {
        return exact.events().orElseThrow();
    }

    /** tr Var(ĝ)/‖g‖² of one draw. */
    double relativeVariance() {
        double variance = exact.blocks().stream()
                .map(block -> block.variance())
                .mapToDouble(OptionalDouble::orElseThrow)
                .sum();
        return variance / (exact.gradientNorm() * exact.gradientNorm());
    }

    /**
     * Makes one draw.
     *
     * @param random one number a link, as the truncation's own coin takes them
     * @param weights {@code [T]} workspace
     * @param into the error δ̃ − δ of the draw's adjoint, {@code [T]} from the offset
     */
    void draw(UniformRandomProvider random, double[] weights, double[] into, int offset) {
        int age = 1;
        for (int t = 0; t < STEPS - 1; t++) {
            if (random.nextDouble() < cuts[age]) {
                weights[t] = 0;
                age = 1;
            } else {
                weights[t] = carries[age];
                age++;
            }
        }
        double drawn = 1;
        into[offset + STEPS - 1] = 0;
        for (int t = STEPS - 2; t >= 0; t--) {
            drawn = Math.fma(weights[t], drawn, 1);
            into[offset + t] = drawn - adjoint[t];
        }
    }

    private static double[] normal(int count, UniformRandomProvider random) {
        ContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = COMMON + normal.sample();
        }
        return values;
    }

    private static double[] gram(double[] rows, int width) {
        int count = rows.length / width;
        double[] gram = new double[count * count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int p = 0; p < width; p++) {
                    sum = Math.fma(rows[i * width + p], rows[j * width + p], sum);
                }
                gram[i * count + j] = sum;
                gram[j * count + i] = sum;
            }
        }
        return gram;
    }
}
