package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpttbench.core.tape.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Floors and chance levels of the made-up symbol streams, from {@link StreamLaws} and from the papers. */
class StreamFloorsTest {
    private static final double LN2 = StrictMath.log(2);

    static Stream<EndlessTask> published() {
        return Stream.of(
                new AnBn(1, 32),
                new Brackets(5, 5, 1, 10),
                new Brackets(2, 7, 3, 10),
                new Brackets(0, 0, 10, 8),
                new CopyStream(10, 10),
                new CopyStream(5, 10),
                new AddCoins(3, 8, false));
    }

    private static double baseline(EndlessTask task, String method) {
        Map<String, Map<String, Double>> all = task.baselines(Split.TEST);
        String metric = all.containsKey("bpc") ? "bpc" : "nats";
        double value =
                Objects.requireNonNull(Objects.requireNonNull(all.get(metric)).get(method));
        return metric.equals("bpc") ? value * LN2 : value;
    }

    /** Mean loss of each lane of the fixed test stream under the true law. */
    private static double[] trueLosses(EndlessTask task) {
        Examination examination = task.examination();
        int lanes = examination.lanes();
        int end = examination.warmUp() + examination.steps();
        Tape tape = StreamTapes.filled(task, task.examined(Split.TEST), lanes, end);
        double[] means = new double[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            StreamLaws.Observer observer = StreamLaws.of(task);
            for (int step = 0; step < end; step++) {
                int row = step * lanes + lane;
                double[] law = observer.see(tape.tokens()[row]);
                assertThat(tape.masks()[row]).isTrue();
                if (step >= examination.warmUp()) {
                    means[lane] -= StrictMath.log(law[tape.labels()[row]]) / examination.steps();
                }
            }
        }
        return means;
    }

    /** Four standard errors of 32 lanes: false alarms in one of 2,500. */
    @ParameterizedTest
    @MethodSource("published")
    void whoKnowsTheLawReachesTheFloorOnTheTestStream(EndlessTask task) {
        double[] lanes = trueLosses(task);
        double mean = Arrays.stream(lanes).average().orElseThrow();
        double variance = Arrays.stream(lanes).map(x -> (x - mean) * (x - mean)).sum() / (lanes.length - 1);
        double error = Math.sqrt(variance / lanes.length);
        assertThat(mean).isCloseTo(baseline(task, "floor"), within(4 * error + 1e-9));
    }

    /** A whole line, its lengths summed, its symbols by symmetry: minus the logarithms of what the law says of each step. */
    private static double lineBits(EndlessTask task, List<int[]> lines) {
        double nats = 0;
        double length = 0;
        for (int[] line : lines) {
            StreamLaws.Observer observer = StreamLaws.of(task);
            for (int at = 0; at < line.length; at++) {
                double[] law = observer.see(line[at]);
                nats -= StrictMath.log(law[line[(at + 1) % line.length]]);
            }
            length += line.length;
        }
        return nats / length / LN2;
    }

    @Test
    void floorOfAnBn() {
        List<int[]> lines = IntStream.rangeClosed(1, 32)
                .mapToObj(n -> ("a".repeat(n) + 'c' + "b".repeat(n) + 'c')
                        .chars()
                        .map(c -> c - 'a')
                        .toArray())
                .toList();
        AnBn task = new AnBn(1, 32);
        assertThat(lineBits(task, lines))
                .isCloseTo(0.1429, within(5e-5))
                .isCloseTo(baseline(task, "floor") / LN2, within(1e-12));
    }

    @Test
    void floorsOfBrackets() {
        assertThat(brackets(5, 5, 1, 10)).isCloseTo(1.6610, within(5e-5));
        assertThat(brackets(2, 7, 3, 10)).isCloseTo(1.7742, within(5e-5));
        assertThat(brackets(0, 0, 10, 8)).isCloseTo(1.2000, within(5e-5));
    }

    private static double brackets(int shortest, int longest, int save, int alphabet) {
        Brackets task = new Brackets(shortest, longest, save, alphabet);
        List<int[]> lines = IntStream.rangeClosed(shortest, longest)
                .mapToObj(distance -> {
                    String saved = "[" + "0".repeat(save) + "]";
                    return (saved + "0".repeat(distance) + saved + "\n")
                            .chars()
                            .map(c -> c == '0' ? 0 : alphabet + "[]\n".indexOf(c))
                            .toArray();
                })
                .toList();
        double bits = lineBits(task, lines);
        assertThat(baseline(task, "floor") / LN2).isCloseTo(bits, within(1e-12));
        return bits;
    }

    /** Every sequence of nine coins and every label with its probability; who forgets averages over what it forgot. */
    @Test
    void floorsOfAddByEnumeration() {
        AddCoins task = new AddCoins(3, 8, false);
        assertThat(enumerated()).isCloseTo(0.6616, within(5e-5)).isCloseTo(baseline(task, "chance"), within(1e-12));
        assertThat(enumerated(3))
                .isCloseTo(0.5192, within(5e-5))
                .isCloseTo(baseline(task, "first-known"), within(1e-12));
        assertThat(enumerated(3, 8)).isCloseTo(0.4545, within(5e-5)).isCloseTo(baseline(task, "floor"), within(1e-12));
        assertThat(enumerated(1, 2, 4, 5, 6, 7)).isCloseTo(0.6616, within(5e-5));
    }

    private static double enumerated(int... known) {
        Map<List<Integer>, double[]> counts = new HashMap<>();
        for (int coins = 0; coins < 512; coins++) {
            List<Integer> seen = new ArrayList<>();
            for (int ago : known) {
                seen.add(coins >> ago & 1);
            }
            double one = 0.5 + 0.5 * (coins >> 3 & 1) - 0.25 * (coins >> 8 & 1);
            double[] count = counts.computeIfAbsent(seen, key -> new double[2]);
            count[0] += 1 - one;
            count[1] += one;
        }
        double nats = 0;
        for (double[] count : counts.values()) {
            for (double c : count) {
                nats -= c == 0 ? 0 : c / 512 * StrictMath.log(c / (count[0] + count[1]));
            }
        }
        return nats;
    }

    @Test
    void equalLagsOfAddAreOneDependency() {
        double floor = (LN2 - 0.75 * StrictMath.log(0.75) - 0.25 * StrictMath.log(0.25)) / 2;
        AddCoins task = new AddCoins(2, 2, false);
        assertThat(baseline(task, "floor")).isCloseTo(floor, within(1e-12));
        assertThat(task.baselines(Split.TEST).get("nats")).doesNotContainKey("first-known");
    }

    /** Chance is the entropy of the targets' frequencies. */
    @ParameterizedTest
    @MethodSource("published")
    void chanceIsTheEntropyOfTheFrequencies(EndlessTask task) {
        int steps = 200_000;
        Tape tape = StreamTapes.filled(task, StreamTapes.source(task, 1, 5), 1, steps);
        double[] frequencies = new double[task.outputs()];
        for (int row = 0; row < steps; row++) {
            frequencies[tape.labels()[row]] += 1.0 / steps;
        }
        double nats = 0;
        for (double frequency : frequencies) {
            nats -= frequency == 0 ? 0 : frequency * StrictMath.log(frequency);
        }
        assertThat(baseline(task, "chance")).isCloseTo(nats, within(0.01));
    }

    /** Who knows all but the drawn symbols guesses among four at 9 of 20 steps, or at 6.5 of 15 on average. */
    @Test
    void copiesWithDrawnSymbolsGuessed() {
        assertThat(baseline(new CopyStream(10, 10), "drawn-guessed")).isCloseTo(9 / 20.0 * 2 * LN2, within(1e-12));
        assertThat(baseline(new CopyStream(5, 10), "drawn-guessed")).isCloseTo(6.5 / 15 * 2 * LN2, within(1e-12));
        Map<String, Double> perplexity = Objects.requireNonNull(
                new CopyStream(10, 10).baselines(Split.TEST).get("perplexity"));
        assertThat(perplexity.get("drawn-guessed")).isCloseTo(StrictMath.pow(2, 0.9), within(1e-12));
        assertThat(perplexity.get("floor")).isEqualTo(1.0);
    }
}
