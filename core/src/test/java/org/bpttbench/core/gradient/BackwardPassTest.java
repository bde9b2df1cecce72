package org.bpttbench.core.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpttbench.core.gradient.Vectors.bits;
import static org.bpttbench.core.gradient.Vectors.largest;
import static org.bpttbench.core.gradient.Vectors.relativeDifference;
import static org.bpttbench.core.gradient.Vectors.row;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.tape.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one backward loop: no division of the work may show in the bits. */
class BackwardPassTest {
    private static final int LANES = 2;
    private static final int STEPS = 9;

    static Stream<GradientLab> labs() {
        return Labs.all(LANES, STEPS);
    }

    /** Carries and injections of a random truncation: cuts, factors and plain links; some losses left out. */
    private static final class Pattern {
        final int draws;
        final double[] carries;
        final boolean[] injections;

        Pattern(int draws, int steps) {
            UniformRandomProvider random = Seeds.of(3).at("pattern").generator();
            this.draws = draws;
            this.carries = new double[steps * draws * LANES];
            this.injections = new boolean[steps * draws * LANES];
            double[] choices = {0.0, 1.0, 1.25, 2.0};
            Arrays.setAll(carries, i -> choices[random.nextInt(choices.length)]);
            for (int i = 0; i < injections.length; i++) {
                injections[i] = random.nextInt(4) > 0;
            }
        }

        /** The window of the steps {@code [from, to)} and of the draws from one on. */
        Window window(int from, int to, int firstDraw, int windowDraws) {
            Window window = new Window(LANES, windowDraws);
            window.reset(to - from, 0);
            double[] someCarries = window.makeCarries();
            boolean[] someInjections = window.makeInjections();
            int rows = windowDraws * LANES;
            for (int j = from; j < to; j++) {
                int source = (j * draws + firstDraw) * LANES;
                System.arraycopy(carries, source, someCarries, (j - from) * rows, rows);
                System.arraycopy(injections, source, someInjections, (j - from) * rows, rows);
            }
            return window;
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void gradientIsTheTermsWeighedByCarriesAndInjections(GradientLab lab) {
        Pattern pattern = new Pattern(1, STEPS);
        double[][][] credit = new double[LANES][STEPS][STEPS];
        for (int lane = 0; lane < LANES; lane++) {
            for (int s = 0; s < STEPS; s++) {
                double weight = pattern.injections[s * LANES + lane] ? 1.0 : 0.0;
                for (int t = s; t >= 0; t--) {
                    credit[lane][t][s] = weight;
                    weight *= t == 0 ? 0.0 : pattern.carries[(t - 1) * LANES + lane];
                }
            }
        }
        Network network = lab.network();
        double[] gradient = new double[network.parameters()];
        double[] adjoint = new double[LANES * lab.model().cell().stateSize()];
        new BackwardPass(network, LANES, 1).run(lab.run(network), 0, pattern.window(0, STEPS, 0, 1), adjoint, gradient);
        assertThat(relativeDifference(gradient, Terms.of(lab).weighted(credit))).isLessThan(1e-13);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void partitionOfTheStepsGivesTheSameBits(GradientLab lab) {
        Pattern pattern = new Pattern(1, STEPS);
        Network network = lab.network();
        Tape tape = lab.run(network);
        UniformRandomProvider random = Seeds.of(4).at("adjoint").generator();
        double[] behind = random.doubles((long) LANES * lab.model().cell().stateSize(), -1.0, 1.0)
                .toArray();
        double[] whole = new double[network.parameters()];
        double[] wholeAdjoint = behind.clone();
        BackwardPass pass = new BackwardPass(network, LANES, 1);
        long pulled = pass.run(tape, 0, pattern.window(0, STEPS, 0, 1), wholeAdjoint, whole);

        for (int middle = 1; middle < STEPS; middle++) {
            double[] parts = new double[network.parameters()];
            double[] adjoint = behind.clone();
            long late = pass.run(tape, middle, pattern.window(middle, STEPS, 0, 1), adjoint, parts);
            long early = pass.run(tape, 0, pattern.window(0, middle, 0, 1), adjoint, parts);
            assertThat(bits(parts)).as("cut at %d", middle).isEqualTo(bits(whole));
            assertThat(bits(adjoint)).isEqualTo(bits(wholeAdjoint));
            assertThat(late + early).isEqualTo(pulled);
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void drawsTogetherGiveTheBitsOfEachAlone(GradientLab lab) {
        int draws = 5;
        Pattern pattern = new Pattern(draws, STEPS);
        Network network = lab.network();
        Tape tape = lab.run(network);
        int width = LANES * lab.model().cell().stateSize();
        int parameters = network.parameters();
        double[] together = new double[draws * parameters];
        BackwardPass many = new BackwardPass(network, LANES, draws);
        many.run(tape, 0, pattern.window(0, STEPS, 0, draws), new double[draws * width], together);

        BackwardPass one = new BackwardPass(network, LANES, 1);
        for (int draw = 0; draw < draws; draw++) {
            double[] alone = new double[parameters];
            one.run(tape, 0, pattern.window(0, STEPS, draw, 1), new double[width], alone);
            assertThat(bits(row(together, draw, parameters))).isEqualTo(bits(alone));
        }
    }

    /** So many rows that the deltas of the whole window do not fit into one block; a draw alone fits into one. */
    @Test
    void blocksDoNotShowInTheBits() {
        int steps = 150;
        int draws = 150;
        Labs.eachCell(Masks.RANDOM, LANES, steps).forEach(lab -> {
            Pattern pattern = new Pattern(draws, steps);
            Network network = lab.network();
            Tape tape = lab.run(network);
            int width = LANES * lab.model().cell().stateSize();
            int parameters = network.parameters();
            double[] together = new double[draws * parameters];
            new BackwardPass(network, LANES, draws)
                    .run(tape, 0, pattern.window(0, steps, 0, draws), new double[draws * width], together);
            BackwardPass one = new BackwardPass(network, LANES, 1);
            for (int draw = 0; draw < draws; draw += 49) {
                double[] alone = new double[parameters];
                one.run(tape, 0, pattern.window(0, steps, draw, 1), new double[width], alone);
                assertThat(bits(row(together, draw, parameters)))
                        .as(lab.toString())
                        .isEqualTo(bits(alone));
            }
        });
    }

    @Test
    void stopsWhereNothingIsLeftToTravel() {
        GradientLab lab = Labs.eachCell(Masks.ALL, LANES, STEPS).findFirst().orElseThrow();
        Network network = lab.network();
        Tape tape = lab.run(network);
        Window window = new Window(LANES, 1);
        window.reset(STEPS, 0);
        // Both lanes inject at step 7; lane 0 is cut between 5 and 6, lane 1 between 3 and 4.
        double[] carries = window.makeCarries();
        boolean[] injections = window.makeInjections();
        carries[5 * LANES] = 0.0;
        carries[3 * LANES + 1] = 0.0;
        injections[7 * LANES] = true;
        injections[7 * LANES + 1] = true;
        double[] adjoint = new double[LANES * lab.model().cell().stateSize()];
        double[] gradient = new double[network.parameters()];
        long pulled = new BackwardPass(network, LANES, 1).run(tape, 0, window, adjoint, gradient);
        assertThat(pulled).isEqualTo(2 + 4);
        assertThat(largest(adjoint)).isZero();
        assertThat(largest(gradient)).isPositive();
    }

    @Test
    void cutStopsWhatIsNotFinite() {
        GradientLab lab = Labs.eachCell(Masks.ALL, LANES, STEPS).findFirst().orElseThrow();
        Network network = lab.network();
        Tape tape = lab.run(network);
        Window window = new Window(LANES, 1);
        window.reset(STEPS, 0);
        double[] carries = window.makeCarries();
        Arrays.fill(carries, (STEPS - 1) * LANES, STEPS * LANES, 0.0);
        double[] adjoint = new double[LANES * lab.model().cell().stateSize()];
        Arrays.fill(adjoint, Double.POSITIVE_INFINITY);
        double[] gradient = new double[network.parameters()];
        new BackwardPass(network, LANES, 1).run(tape, 0, window, adjoint, gradient);
        assertThat(bits(gradient)).isEqualTo(bits(lab.gradient()));
    }
}
