package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.GradientSink;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Memory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream that is left at any step, inside windows and at their ends, is gone on with by a fresh one, bit for bit. */
class StreamStateTest {
    private static final int STEPS = 60;
    private static final int SEQUENCE = 25;

    static Stream<GradientLab> labs() {
        return Labs.eachCell(Masks.RANDOM, 2, STEPS);
    }

    private static List<Truncation> truncations() {
        return List.of(
                new Full(),
                new Full(Memory.SQRT),
                new Tbptt(7, 0),
                new Tbptt(3, 5),
                new Artbp(new Cuts(6, new ConstantLaw(6), true)),
                new Artbp(new Cuts(6, new PolynomialLaw(6, 6), false).flushedEvery(4)),
                new Uncompensated(new Cuts(6, new ConstantLaw(6), false).flushedEvery(70)));
    }

    private static Coin[] coins() {
        Seeds seeds = Seeds.of(31).at("coin");
        return new Coin[] {Coin.of(seeds.at(0).generator()), Coin.of(seeds.at(1).generator())};
    }

    private static byte[] state(GradientStream stream) {
        StateWriter out = new StateWriter();
        stream.save(out);
        return out.toBytes();
    }

    /** Gradients in order, and how often the sink was told that the stream rests. */
    private static class Heard implements GradientSink {
        private final List<double[]> gradients = new ArrayList<>();
        private int rests;

        @Override
        public void accept(double[] gradient, Window window) {
            gradients.add(gradient.clone());
        }

        @Override
        public void betweenWindows() {
            rests++;
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void trainingGoesOnBitForBit(GradientLab lab) {
        for (Truncation truncation : truncations()) {
            goesOn(truncation.toString(), STEPS, () -> lab.train(truncation, SEQUENCE, coins()));
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void episodesGoOnBitForBit(GradientLab lab) {
        for (Truncation truncation : truncations()) {
            goesOn(truncation.toString(), 2 * STEPS + 11, () -> lab.open(truncation, coins()));
        }
    }

    private interface Opening {
        GradientStream open();
    }

    private static void goesOn(String what, int steps, Opening opening) {
        Heard whole = new Heard();
        GradientStream uninterrupted = opening.open();
        uninterrupted.advance(steps, whole);
        assertThat(whole.rests).isGreaterThanOrEqualTo(whole.gradients.size()).isPositive();
        for (int leaving = 0; leaving <= steps; leaving += leaving % 2 == 0 ? 5 : 8) {
            Heard heard = new Heard();
            GradientStream first = opening.open();
            first.advance(leaving, heard);
            GradientStream second = opening.open();
            StateReader in = new StateReader(state(first));
            second.load(in);
            in.end();
            assertThat(state(second)).as("%s, left at %d", what, leaving).isEqualTo(state(first));
            second.advance(steps - leaving, heard);
            assertThat(heard.gradients.toArray(double[][]::new))
                    .as("%s, left at %d", what, leaving)
                    .isDeepEqualTo(whole.gradients.toArray(double[][]::new));
            assertThat(heard.rests).isEqualTo(whole.rests);
            assertThat(state(second)).as("%s, left at %d", what, leaving).isEqualTo(state(uninterrupted));
        }
    }

    /** Where the sink is told that the stream rests it can be saved, in the midst of an advance. */
    @ParameterizedTest
    @MethodSource("labs")
    void aRestIsAMomentToSave(GradientLab lab) {
        for (Truncation truncation : truncations()) {
            List<byte[]> states = new ArrayList<>();
            List<Long> steps = new ArrayList<>();
            GradientStream stream = lab.train(truncation, SEQUENCE, coins());
            Heard whole = new Heard() {
                @Override
                public void betweenWindows() {
                    states.add(state(stream));
                    steps.add(stream.tally().forwardLaneSteps() / lab.lanes());
                }
            };
            stream.advance(STEPS, whole);
            assertThat(states).isNotEmpty();
            for (int rest = 0; rest < states.size(); rest++) {
                GradientStream second = lab.train(truncation, SEQUENCE, coins());
                second.load(new StateReader(states.get(rest)));
                second.advance(STEPS - steps.get(rest), (gradient, window) -> {});
                assertThat(state(second)).as("%s, rest %d", truncation, rest).isEqualTo(state(stream));
            }
        }
    }
}
