package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.data.Digits;
import org.junit.jupiter.api.Test;

class SequentialDigitsTest {
    private final SequentialDigits task = new SequentialDigits();

    private static boolean shows(Episode episode, int image) {
        int[] pixels = Digits.images()[image];
        return episode.label(63) == pixels[64]
                && IntStream.range(0, 64).allMatch(step -> episode.input(step, 0) == pixels[step] / 16.0);
    }

    @Test
    void fixedSetsAreTheLastImagesInOrder() {
        Map<Split, Integer> firsts = Map.of(Split.TRAIN, 0, Split.VALID, 1397, Split.TEST, 1597);
        for (Split split : Split.values()) {
            EpisodeEvaluation set = new EpisodeEvaluation(task, split);
            Episode episode = new Episode(task);
            for (int i = 0; i < task.episodes(split); i++) {
                set.next(episode);
                assertThat(shows(episode, firsts.getOrDefault(split, -1) + i)).isTrue();
            }
            assertThat(task.episodes(split)).isEqualTo(split == Split.TRAIN ? 1397 : 200);
        }
    }

    @Test
    void trainingShowsTrainingImagesAndAsksAtTheEnd() {
        UniformRandomProvider random = Seeds.of(1).generator();
        UniformRandomProvider same = Seeds.of(1).generator();
        Episode episode = new Episode(task);
        BitSet seen = new BitSet();
        for (int i = 0; i < 5_000; i++) {
            episode.clear();
            task.write(episode, random);
            int image = same.nextInt(1397);
            seen.set(image);
            assertThat(shows(episode, image)).isTrue();
            assertThat(IntStream.range(0, 64).filter(episode::scored)).containsExactly(63);
        }
        // An image is missed with probability e^−3.58.
        assertThat(seen.cardinality()).isBetween(1320, 1390);
    }

    /** A network that always says 3 is right as often as 3 comes. */
    @Test
    void errorsAreCountedOnTheImagesOfTheSplit() {
        Model model = Models.build(
                task, Optional.of(new Arguments(Map.of("cell", "tanh", "units", 3L, "layers", 1L, "bias", true))));
        double[] theta = new double[model.layout().size()];
        theta[theta.length - 10 + 3] = 1.0;
        Network network = new Network(model, PlainKernels.INSTANCE);
        network.load(theta);
        double other = StrictMath.log(9 + StrictMath.E);
        Map<String, Double> test = task.evaluate(network, theta, Split.TEST);
        assertThat(test.get("error_rate")).isCloseTo(1 - 22 / 200.0, within(1e-12));
        assertThat(test.get("cross_entropy")).isCloseTo(other - 22 / 200.0, within(1e-12));
        assertThat(task.evaluate(network, theta, Split.VALID).get("error_rate"))
                .isCloseTo(1 - 17 / 200.0, within(1e-12));
    }

    @Test
    void chanceIsAGuessAmongTen() {
        assertThat(task.baselines(Split.TEST))
                .containsEntry("cross_entropy", Map.of("chance", StrictMath.log(10)))
                .containsEntry("error_rate", Map.of("chance", 0.9));
    }
}
