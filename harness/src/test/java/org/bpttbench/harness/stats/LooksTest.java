package org.bpttbench.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.JournalWriter;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.MeasurementKey;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.harness.inference.Holm;
import org.bpttbench.harness.inference.SignedRank;
import org.bpttbench.harness.stats.Looks.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look costs, and which one it is. */
class LooksTest {
    private static final double LEVEL = 0.05;

    @TempDir
    Path folder;

    private final Setting setting = new SweepReader(Bundled.catalogs(new TaskShelf()))
            .read("x.yaml", """
                    name: x
                    seed: 1
                    task: {type: linear-drive, a: 0.5}
                    train: {steps: 10, sequence: 10, optimizer: {type: sgd, rate: 0.1}}
                    measure: {accuracy: {every: 10}, bias: {at: [0, end], length: 20, draws: 200}}
                    estimator: {type: artbp, mean: 5}
                    """)
            .settings()
            .get(0);

    /** Of completed requests, of which each has one measurement of bias at a step and one of accuracy. */
    private Looks looks(long at, Size... requests) throws IOException {
        Files.createDirectories(folder.resolve("journal"));
        try (JournalWriter journal = new JournalWriter(folder.resolve("journal/worker-0.jsonl"))) {
            for (Size request : requests) {
                Map<String, Object> bias = new LinkedHashMap<>();
                bias.put("key", MeasurementKey.ofBias(setting));
                bias.put("at", at);
                bias.put("draws", request.draws());
                bias.put("replicates", (long) request.replicates());
                Map<String, Object> accuracy = new LinkedHashMap<>();
                accuracy.put("key", MeasurementKey.ofAccuracy(setting));
                accuracy.put("replicates", (long) request.replicates());
                journal.append(Map.of("type", "request", "bias", List.of(bias), "accuracy", List.of(accuracy)));
            }
        }
        return Looks.of(Journal.read(folder));
    }

    @Test
    void thePaymentsAddUpToTheLevel() {
        assertThat(Looks.share(1)).isEqualTo(0.8);
        assertThat(Looks.share(2)).isEqualTo(0.1);
        assertThat(Looks.share(3)).isEqualTo(0.05);
        assertThat(IntStream.rangeClosed(1, 80).mapToDouble(Looks::share).sum()).isCloseTo(1, within(1e-15));
        assertThat(IntStream.rangeClosed(1, 5000).mapToDouble(Looks::share).sum())
                .isCloseTo(1, within(1e-12));
        assertThatIllegalArgumentException().isThrownBy(() -> Looks.share(0)).withMessageContaining("look 0");
    }

    @Test
    void whatIsPaidIsAProbabilityHoweverMuchItIs() {
        assertThat(Looks.paid(0.04, 1)).isCloseTo(0.05, within(1e-15));
        assertThat(Looks.paid(0.004, 2)).isCloseTo(0.04, within(1e-15));
        assertThat(Looks.paid(0.9, 1)).isEqualTo(1);
        assertThat(Looks.paid(0, 1_000_000)).isEqualTo(0);
        assertThat(Looks.paid(1, 1_000_000)).isEqualTo(1);
        assertThat(Looks.paid(Double.NaN, 3)).isNaN();
    }

    @Test
    void aLookIsOneMoreThanThereWereSmallerOnes() throws IOException {
        Looks looks = looks(0, new Size(200, 4), new Size(400, 4), new Size(400, 4), new Size(200, 8));
        assertThat(looks.bias(setting, 0, new Size(200, 4), before -> true)).isEqualTo(1);
        assertThat(looks.bias(setting, 0, new Size(400, 4), before -> true)).isEqualTo(3);
        assertThat(looks.bias(setting, 0, new Size(800, 4), before -> true)).isEqualTo(4);
        assertThat(looks.bias(setting, 0, new Size(200, 8), before -> true)).isEqualTo(2);
        assertThat(looks.bias(setting, 0, new Size(400, 8), before -> true)).isEqualTo(4);
        // Where neither has the other's data in it the one with more of them comes later, of as many the one with more
        // draws.
        assertThat(looks.bias(setting, 0, new Size(100, 8), before -> true)).isEqualTo(1);
        assertThat(looks.bias(setting, 0, new Size(800, 2), before -> true)).isEqualTo(4);
    }

    @Test
    void aLookThatCouldNotComputeAPIsFree() throws IOException {
        Looks looks = looks(0, new Size(50, 4), new Size(200, 4), new Size(400, 4));
        Size now = new Size(800, 4);
        assertThat(looks.bias(setting, 0, now, before -> before.draws() >= 100)).isEqualTo(3);
        assertThat(looks.bias(setting, 0, now, before -> before.draws() >= 300)).isEqualTo(2);
        assertThat(looks.bias(setting, 0, now, before -> false)).isEqualTo(1);
    }

    @Test
    void everyCheckpointIsLookedAtByItself() throws IOException {
        Looks looks = looks(10, new Size(200, 4));
        assertThat(looks.bias(setting, 0, new Size(400, 4), before -> true)).isEqualTo(1);
        assertThat(looks.bias(setting, 10, new Size(400, 4), before -> true)).isEqualTo(2);
    }

    /** Draws have no part in what was learned: making more of them looks at nothing new. Five replicates can show nothing. */
    @Test
    void accuracyIsLookedAtWithReplicatesAlone() throws IOException {
        Looks looks =
                looks(0, new Size(200, 3), new Size(200, 5), new Size(200, 6), new Size(400, 6), new Size(400, 8));
        assertThat(looks.accuracy(setting, 5)).isEqualTo(1);
        assertThat(looks.accuracy(setting, 6)).isEqualTo(1);
        assertThat(looks.accuracy(setting, 8)).isEqualTo(2);
        assertThat(looks.accuracy(setting, 10)).isEqualTo(3);
    }

    /** At the first look six replicates can show one comparison, eight up to five, ten up to twenty. */
    @Test
    void replicatesBoundTheComparisonsThatCanBeShown() {
        assertThat(shown(5, 1)).isZero();
        assertThat(shown(6, 1)).isEqualTo(1);
        assertThat(shown(8, 1)).isEqualTo(5);
        assertThat(shown(10, 1)).isEqualTo(20);
        // At the second, eight show none and nine one.
        assertThat(shown(8, 2)).isZero();
        assertThat(shown(9, 2)).isEqualTo(1);
    }

    /** The largest family all of whose tests, each with the smallest p that there is, come out at a look. */
    private static int shown(int replicates, int look) {
        double p = Looks.paid(SignedRank.smallestP(replicates), look);
        int family = 0;
        while (significant(p, family + 1)) {
            family++;
        }
        return family;
    }

    private static boolean significant(double p, int family) {
        double[] all = new double[family];
        Arrays.fill(all, p);
        return Arrays.stream(Holm.adjust(all)).allMatch(adjusted -> adjusted < LEVEL);
    }

    /**
     * Normal draws of mean 0 in one dimension, looked at 8 times, each time with all before and as many again. The test of each
     * look is exact; without payment as many as one sequence in eight finds something.
     */
    @Test
    void looksAtMoreAndMoreDrawsRaiseNoFalseAlarms() {
        assertThat(falseAlarms(Looks::paid)).isBetween(0.025, LEVEL);
        assertThat(falseAlarms((p, look) -> p)).isGreaterThan(0.10);
        // Dividing the level by the number of looks so far would not do either: the harmonic series has no sum.
        assertThat(falseAlarms((p, look) -> Math.min(1, p * look))).isGreaterThan(0.06);
    }

    /** The share of sequences of looks in which one is significant at last. */
    private static double falseAlarms(ToDoubleBiFunction<Double, Integer> payment) {
        int sequences = 20_000;
        var normal =
                ZigguratSampler.NormalizedGaussian.of(Seeds.of(5).at("looks").generator());
        int alarms = 0;
        for (int i = 0; i < sequences; i++) {
            double sum = 0;
            double draws = 0;
            boolean alarm = false;
            for (int look = 1; look <= 8; look++) {
                double more = look == 1 ? 200 : draws;
                sum += Math.sqrt(more) * normal.sample();
                draws += more;
                double p = Erf.erfc(Math.abs(sum) / Math.sqrt(2 * draws));
                alarm |= payment.applyAsDouble(p, look) < LEVEL;
            }
            alarms += alarm ? 1 : 0;
        }
        return (double) alarms / sequences;
    }
}
