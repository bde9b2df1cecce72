package org.bpttbench.core.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpttbench.core.gradient.Vectors.bits;
import static org.bpttbench.core.gradient.Vectors.dot;
import static org.bpttbench.core.gradient.Vectors.largest;
import static org.bpttbench.core.gradient.Vectors.relativeDifference;
import static org.bpttbench.core.gradient.Vectors.row;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.tape.Tape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of {@link Transition}, on every cell. */
class TransitionLawsTest {
    private static final int LANES = 3;
    private static final int STEPS = 5;
    private static final int DRAWS = 4;

    static Stream<GradientLab> labs() {
        return Labs.masked(Masks.RANDOM, LANES, STEPS);
    }

    /** A lab run forward, ready to be pulled and pushed over its slots. */
    private static final class Run {
        final UniformRandomProvider random = Seeds.of(2).at("rows").generator();
        final Network network;
        final Transition transition;
        final Tape tape;
        final int states;
        final int deltaSize;
        final int rows;

        Run(GradientLab lab) {
            network = lab.network();
            transition = network.transition();
            tape = lab.run(network);
            states = lab.model().cell().stateSize();
            deltaSize = lab.model().cell().deltaSize();
            rows = lab.lanes() * DRAWS;
        }

        double[] rows() {
            return random.doubles((long) rows * states, -1.0, 1.0).toArray();
        }

        double[] pull(int k, double[] adjoint) {
            return pull(k, adjoint, new double[rows * deltaSize]);
        }

        double[] pull(int k, double[] adjoint, double[] deltas) {
            double[] before = new double[adjoint.length];
            // What was there before must not matter.
            Arrays.fill(before, Double.NaN);
            Arrays.fill(deltas, Double.NaN);
            transition.pullState(tape, k, adjoint.length / states, adjoint, deltas, 0, before);
            return before;
        }

        double[] push(int k, double[] tangent) {
            double[] after = new double[tangent.length];
            Arrays.fill(after, Double.NaN);
            transition.pushState(tape, k, tangent.length / states, tangent, after);
            return after;
        }

        /** The gradient of one slot for the draw that starts at a row. */
        double[] params(int k, double[] adjoint, int firstRow) {
            double[] deltas = new double[adjoint.length / states * deltaSize];
            pull(k, adjoint, deltas);
            double[] gradient = new double[network.headOffset()];
            transition.pullParams(tape, k, k + 1, deltas, adjoint.length / states, firstRow, gradient, 0);
            return gradient;
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void pullIsTheAdjointOfPush(GradientLab lab) {
        Run run = new Run(lab);
        for (int k = 0; k < STEPS; k++) {
            double[] u = run.rows();
            double[] v = run.rows();
            double[] pulled = run.pull(k, u);
            double[] pushed = run.push(k, v);
            for (int r = 0; r < run.rows; r++) {
                double left = dot(row(pulled, r, run.states), row(v, r, run.states));
                double right = dot(row(u, r, run.states), row(pushed, r, run.states));
                double scale = run.states * largest(row(u, r, run.states)) * largest(row(pushed, r, run.states));
                assertThat(left).isCloseTo(right, within(1e-13 * scale));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void pullAndPushAreLinear(GradientLab lab) {
        Run run = new Run(lab);
        double[] u = run.rows();
        double[] w = run.rows();
        double[] sum = combine(u, w);
        int k = STEPS / 2;
        assertThat(relativeDifference(run.pull(k, sum), combine(run.pull(k, u), run.pull(k, w))))
                .isLessThan(1e-13);
        assertThat(relativeDifference(run.push(k, sum), combine(run.push(k, u), run.push(k, w))))
                .isLessThan(1e-13);
        double[] expected = combine(run.params(k, u, LANES), run.params(k, w, LANES));
        assertThat(relativeDifference(run.params(k, sum, LANES), expected)).isLessThan(1e-13);
    }

    private static double[] combine(double[] u, double[] w) {
        double[] sum = new double[u.length];
        Vectors.add(1.5, u, sum);
        Vectors.add(-0.75, w, sum);
        return sum;
    }

    @ParameterizedTest
    @MethodSource("labs")
    void rowDoesNotDependOnTheOtherRows(GradientLab lab) {
        Run run = new Run(lab);
        double[] u = run.rows();
        double[] deltas = new double[run.rows * run.deltaSize];
        for (int k = 0; k < STEPS; k++) {
            double[] pulled = run.pull(k, u, deltas);
            double[] pushed = run.push(k, u);
            for (int r = 0; r < run.rows; r++) {
                Run alone = new Run(lab.lane(r % LANES));
                double[] own = row(u, r, run.states);
                double[] ownDeltas = new double[run.deltaSize];
                assertThat(bits(alone.pull(k, own, ownDeltas))).isEqualTo(bits(row(pulled, r, run.states)));
                assertThat(bits(ownDeltas)).isEqualTo(bits(row(deltas, r, run.deltaSize)));
                assertThat(bits(alone.push(k, own))).isEqualTo(bits(row(pushed, r, run.states)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void forwardRowDoesNotDependOnTheOtherLanes(GradientLab lab) {
        Run run = new Run(lab);
        for (int lane = 0; lane < LANES; lane++) {
            Run alone = new Run(lab.lane(lane));
            for (int k = 0; k <= STEPS; k++) {
                assertThat(bits(row(run.tape.states(), k * LANES + lane, run.states)))
                        .isEqualTo(bits(row(alone.tape.states(), k, run.states)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void drawOfManyLeavesTheGradientOfTheDrawAlone(GradientLab lab) {
        Run run = new Run(lab);
        double[] u = run.rows();
        int width = LANES * run.states;
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] alone = run.params(1, row(u, draw, width), 0);
            assertThat(bits(run.params(1, u, draw * LANES))).isEqualTo(bits(alone));
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void inputsStayUntouched(GradientLab lab) {
        Run run = new Run(lab);
        double[] theta = lab.theta();
        double[] rows = run.rows();
        double[] deltas = new double[run.rows * run.deltaSize];
        List<Object> before = snapshot(run.tape);
        double[] rowsBefore = rows.clone();

        run.network.load(theta);
        run.pull(2, rows, deltas);
        double[] deltasBefore = deltas.clone();
        run.transition.pullParams(run.tape, 2, 3, deltas, run.rows, LANES, new double[theta.length], 0);
        run.push(2, rows);

        assertThat(theta).isEqualTo(lab.theta());
        assertThat(rows).isEqualTo(rowsBefore);
        assertThat(deltas).isEqualTo(deltasBefore);
        assertThat(snapshot(run.tape)).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void stepWritesItsOwnSlotOnly(GradientLab lab) {
        Run run = new Run(lab);
        List<Object> before = snapshot(run.tape);
        int k = STEPS / 2;
        // Running a step again must find what it needs and leave the rest: the whole tape is as it was.
        run.transition.prepare(run.tape, k, k + 1);
        run.transition.step(run.tape, k);
        run.network.losses(run.tape, k, k + 1);
        assertThat(snapshot(run.tape)).usingRecursiveComparison().isEqualTo(before);
    }

    private static List<Object> snapshot(Tape tape) {
        return List.of(
                tape.inputs().clone(),
                tape.tokens().clone(),
                tape.targets().clone(),
                tape.labels().clone(),
                tape.masks().clone(),
                tape.states().clone(),
                tape.traces().clone(),
                tape.outputDeltas().clone(),
                tape.lossAdjoints().clone(),
                tape.losses().clone());
    }
}
