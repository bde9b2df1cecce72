package org.bpttbench.harness.calibration;

import java.util.Arrays;
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
 * The smallest system with P parameters and a memory, on which real ARTBP draws cost next to nothing. In each of B lanes
 *
 * <pre>
 * s_t = a·s_{t−1} + ⟨θ, x_t⟩,   s_0 = 0,   ℓ_t = s_t where there is a loss,      x_t in R^P fixed, t = 1..T
 * ĝ = 1/B Σ_lanes Σ_t δ̃_t x_t,   δ̃_t = m_t + a·w_t·δ̃_{t+1}                      m_t is 1 at a loss, else 0
 * </pre>
 *
 * <p>with w_t the carry of the link t → t+1. The adjoint is a scalar and depends neither on θ nor on x. So a draw is T numbers
 * δ̃ a lane, whatever P; and since the statistics are made of inner products alone, x_t may be replaced by the rows of any
 * matrix with the same Gram matrix: by as many coordinates as there are rows, where of P nothing but Gram matrices is kept.
 * Lanes without a loss add nothing and are left out, all but their flips. The variance by size of events is computed on the
 * same system as a network, with θ = 0 (so that s = 0 and the recurrent weight has no gradient). Immutable.
 */
final class DrivenLine {
    /** T. */
    static final int STEPS = 100;

    /**
     * Mean of the entries of x, whose deviation is 1: half of it common to all steps, in the direction of which draws are
     * skewed, half of it the step's own, which spreads their variance over many directions.
     */
    private static final double COMMON = 1;

    private final LineSubject subject;
    private final double[] inputs;
    private final boolean[] losses;
    private final int width;
    private final double[] coordinates;
    private final double[] cuts = new double[STEPS];
    private final double[] carries = new double[STEPS];

    /** {@code [T]}: the derivative of the losses by s_t, over B. */
    private final double[] injected = new double[STEPS];

    private final double[] adjoint;
    private final double[] gradient;
    private final BiasMeasurement exact;

    private DrivenLine(LineSubject subject, Seeds seeds) {
        this.subject = subject;
        int parameters = subject.parameters();
        int lanes = subject.lanes().count();
        int live = subject.lanes().live();
        inputs = normal(STEPS * lanes * parameters, seeds.generator());
        losses = new boolean[STEPS * lanes];
        for (int t = 0; t < STEPS; t++) {
            boolean loss = subject.losses().at(t, STEPS);
            Arrays.fill(losses, t * lanes, t * lanes + live, loss);
            injected[t] = loss ? 1.0 / lanes : 0;
        }
        double[] rows = liveRows();
        boolean kept = parameters <= BiasProbe.BATCHES;
        width = kept ? parameters : STEPS * live;
        coordinates = kept ? rows : Decompositions.factor(gram(rows, parameters), STEPS * live);
        RenewalTruncation truncation = subject.estimator();
        for (int age = 1; age < STEPS; age++) {
            RenewalTruncation.Link link = truncation.link(age);
            cuts[age] = link.cut();
            carries[age] = subject.tail().a() * link.carry();
        }
        adjoint = exactAdjoint();
        gradient = new double[width];
        for (int row = 0; row < adjoint.length; row++) {
            for (int p = 0; p < width; p++) {
                gradient[p] = Math.fma(adjoint[row], coordinates[row * width + p], gradient[p]);
            }
        }
        exact = probe().compute(truncation, 0);
    }

    /** @param seeds of the inputs */
    static DrivenLine of(LineSubject subject, Seeds seeds) {
        return new DrivenLine(subject, seeds);
    }

    /** The same system as a network, measured on the same inputs. */
    BiasProbe probe() {
        int parameters = subject.parameters();
        int lanes = subject.lanes().count();
        Model model = new Model(new IdentityCell(parameters, 1, false), new CoordinateHead(1, 0, Loss.LINEAR));
        Network network = new Network(model, PlainKernels.INSTANCE);
        double[] theta = new double[network.parameters()];
        theta[0] = subject.tail().a();
        network.load(theta);
        return new BiasProbe(network, new DrawnInputs(inputs, parameters, lanes, losses), lanes, 0, STEPS);
    }

    LineSubject subject() {
        return subject;
    }

    /** Lanes with a loss times T: the numbers that make a draw. */
    int rows() {
        return STEPS * subject.lanes().live();
    }

    /** P, or {@link #rows} where P is above {@value BiasProbe#BATCHES}. */
    int width() {
        return width;
    }

    /** {@code [rows×width]}, lane by lane, not to be modified: rows with the inner products of x_t; x_t themselves where as wide. */
    double[] coordinates() {
        return coordinates;
    }

    /** {@code [width]}: g in these coordinates. Not to be modified. */
    double[] gradient() {
        return gradient;
    }

    /** {@code [rows]}: the exact adjoint δ over B. Not to be modified. */
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
        double squaredNorm = exact.blocks().stream()
                .mapToDouble(block -> block.gradientSquared())
                .sum();
        return variance / squaredNorm;
    }

    /**
     * Makes one draw.
     *
     * @param random one number a link and lane, in the order of time, then of lanes, as the truncation's own coin takes them
     * @param weights {@code [rows]} workspace
     * @param into the error δ̃ − δ of the draw's adjoint over B, {@code [rows]} from the offset
     */
    void draw(UniformRandomProvider random, double[] weights, double[] into, int offset) {
        Lanes lanes = subject.lanes();
        int[] ages = new int[lanes.live()];
        Arrays.fill(ages, 1);
        for (int t = 0; t < STEPS - 1; t++) {
            double flip = 0;
            for (int lane = 0; lane < lanes.count(); lane++) {
                flip = lane == 0 || !lanes.shared() ? random.nextDouble() : flip;
                if (lane < lanes.live()) {
                    boolean cut = flip < cuts[ages[lane]];
                    weights[lane * STEPS + t] = cut ? 0 : carries[ages[lane]];
                    ages[lane] = cut ? 1 : ages[lane] + 1;
                }
            }
        }
        for (int lane = 0; lane < lanes.live(); lane++) {
            back(lane, weights, into, offset + lane * STEPS);
        }
    }

    private void back(int lane, double[] weights, double[] into, int offset) {
        double drawn = injected[STEPS - 1];
        into[offset + STEPS - 1] = 0;
        for (int t = STEPS - 2; t >= 0; t--) {
            drawn = Math.fma(weights[lane * STEPS + t], drawn, injected[t]);
            into[offset + t] = drawn - adjoint[lane * STEPS + t];
        }
    }

    private double[] exactAdjoint() {
        double[] adjoints = new double[rows()];
        for (int lane = 0; lane < subject.lanes().live(); lane++) {
            double next = 0;
            for (int t = STEPS - 1; t >= 0; t--) {
                next = Math.fma(subject.tail().a(), next, injected[t]);
                adjoints[lane * STEPS + t] = next;
            }
        }
        return adjoints;
    }

    /** {@code [rows×P]}, lane by lane: x_t of the lanes with a loss. */
    private double[] liveRows() {
        int parameters = subject.parameters();
        int lanes = subject.lanes().count();
        double[] rows = new double[rows() * parameters];
        for (int lane = 0; lane < subject.lanes().live(); lane++) {
            for (int t = 0; t < STEPS; t++) {
                System.arraycopy(
                        inputs, (t * lanes + lane) * parameters, rows, (lane * STEPS + t) * parameters, parameters);
            }
        }
        return rows;
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
