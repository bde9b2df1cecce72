package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.state.StateMismatchException;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.task.Tasks;
import org.bpttbench.experiments.train.Optimizers;
import org.bpttbench.variants.Estimators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever can be named in a sweep file can be left in mid-training and gone on with: every task under every estimator, with
 * every optimiser. A catalogue entry that keeps a position or chance and does not save it fails here, as does one that this
 * test does not know.
 */
class ResumeContractTest {
    private static final int STEPS = 130;

    /** Inside windows and at their ends, inside sequences and at their ends. */
    private static final int[] LEAVING = {29, 41, 48, 61, 77};

    private static final Map<String, List<String>> TASKS = Map.ofEntries(
            Map.entry("influence-balancing", List.of("{type: influence-balancing, units: 4, positive: 1}")),
            Map.entry("linear-drive", List.of("{type: linear-drive, a: 0.5}")),
            Map.entry("char-lm", List.of("{type: char-lm, text: commons-math3, characters: 3000}")),
            Map.entry(
                    "adding",
                    List.of(
                            "{type: adding, length: 12, variant: arjovsky}",
                            "{type: adding, length: 12, variant: hochreiter}")),
            Map.entry("multiplication", List.of("{type: multiplication, length: 12}")),
            Map.entry("copy", List.of("{type: copy, length: 3}")),
            Map.entry("temporal-order", List.of("{type: temporal-order, length: 20}")),
            Map.entry("random-permutation", List.of("{type: random-permutation, length: 9}")),
            Map.entry("noiseless-memorization", List.of("{type: noiseless-memorization, length: 5}")),
            Map.entry("copy-stream", List.of("{type: copy-stream, shortest: 2, longest: 5}")),
            Map.entry("anbn", List.of("{type: anbn, shortest: 1, longest: 5}")),
            Map.entry("brackets", List.of("{type: brackets, shortest: 1, longest: 4}")),
            Map.entry(
                    "add",
                    List.of(
                            "{type: add, first: 3, second: 8, labels: bernoulli}",
                            "{type: add, first: 3, second: 8, labels: exact}")),
            Map.entry("mackey-glass", List.of("{type: mackey-glass, delay: 17}")),
            Map.entry("ecg", List.of("{type: ecg}")),
            Map.entry("sequential-digits", List.of("{type: sequential-digits}")));

    private static final Map<String, List<String>> ESTIMATORS = Map.of(
            "full", List.of("{type: full}", "{type: full, memory: sqrt}"),
            "tbptt", List.of("{type: tbptt, length: 7}", "{type: tbptt, length: 5, lookback: 6}"),
            "artbp",
                    List.of(
                            "{type: artbp, mean: 6, cuts: shared}",
                            "{type: artbp, mean: 6, cuts: independent, flush: 5}"),
            "uncompensated",
                    List.of(
                            "{type: uncompensated, mean: 6, law: {type: polynomial, alpha: 4}, cuts: independent, flush: 9}"));

    private static final Map<String, List<String>> OPTIMIZERS = Map.of(
            "sgd",
                    List.of(
                            "{type: sgd, rate: 1.0e-3, decay: inverse-sqrt}",
                            "{type: sgd, rate: 1.0e-3, momentum: 0.9, nesterov: true}"),
            "rmsprop", List.of("{type: rmsprop, rate: 1.0e-3}"),
            "adam", List.of("{type: adam, rate: 1.0e-3, weight_decay: 0.01}"));

    private static final TaskShelf SHELF = new TaskShelf();

    @Test
    void everyEntryIsHere() {
        assertThat(TASKS.keySet()).containsExactlyInAnyOrderElementsOf(Tasks.CATALOG.names());
        assertThat(ESTIMATORS.keySet()).containsExactlyInAnyOrderElementsOf(Estimators.CATALOG.names());
        assertThat(OPTIMIZERS.keySet()).containsExactlyInAnyOrderElementsOf(Optimizers.CATALOG.names());
    }

    private static List<String> all(Map<String, List<String>> entries) {
        return new TreeMap<>(entries).values().stream().flatMap(List::stream).toList();
    }

    static Stream<String> tasks() {
        return all(TASKS).stream();
    }

    private static boolean isStream(String task) {
        return Stream.of("influence", "linear", "char-lm", "copy-stream", "anbn", "brackets", "add,", "mackey", "ecg")
                .anyMatch(task::contains);
    }

    private static Sweep sweep(String task) {
        boolean bringsItsOwn = task.contains("influence") || task.contains("linear-drive");
        return new SweepReader(Bundled.catalogs(SHELF)).read("x.yaml", """
                name: all
                seed: 5
                task: %s
                %s
                init: {type: gaussian, sd: 0.3}
                train: {steps: %d, lanes: 2, %s optimizer: {type: sgd, rate: 1.0}, clip: {norm: 0.5}}
                grid:
                  train.update: [window, sequence]
                  estimator: [%s]
                  train.optimizer: [%s]
                """.formatted(
                        task,
                        bringsItsOwn ? "" : "model: {cell: lstm, units: 3}",
                        STEPS,
                        isStream(task) ? "sequence: 24," : "",
                        String.join(", ", all(ESTIMATORS)),
                        String.join(", ", all(OPTIMIZERS))));
    }

    private static Trajectory open(Setting setting) {
        Beginning beginning = Beginning.of(new RunSpec(setting, 0), SHELF.get(setting));
        GradientEstimator estimator = Estimators.CATALOG.create("type", setting.estimator());
        TrainSpec train = setting.train().orElseThrow();
        return Trajectory.trained(beginning, estimator, train, STEPS, PlainKernels.INSTANCE);
    }

    /** All but the time it took. */
    private static byte[] state(Trajectory trajectory) {
        StateWriter out = new StateWriter();
        trajectory.save(out);
        byte[] bytes = out.toBytes();
        int nanos = 2 * Integer.BYTES + "trajectory".length();
        Arrays.fill(bytes, nanos, nanos + Long.BYTES, (byte) 0);
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void goesOnBitForBit(String task) {
        List<Setting> settings = sweep(task).settings();
        assertThat(settings)
                .hasSize(2 * all(ESTIMATORS).size() * all(OPTIMIZERS).size());
        int different = 0;
        for (int i = 0; i < settings.size(); i++) {
            Setting setting = settings.get(i);
            Trajectory whole = open(setting);
            whole.advanceTo(STEPS);
            int leaving = LEAVING[i % LEAVING.length];
            Trajectory first = open(setting);
            first.advanceTo(leaving);
            byte[] left = state(first);
            Trajectory second = open(setting);
            StateReader in = new StateReader(left);
            second.load(in);
            in.end();
            assertThat(second.position()).isEqualTo(leaving);
            assertThat(state(second)).as("what was taken up, %s", setting).isEqualTo(left);
            second.advanceTo(STEPS);
            assertThat(second.theta()).as("θ, %s", setting).isEqualTo(whole.theta());
            assertThat(state(second)).as("all, %s", setting).isEqualTo(state(whole));
            different += Arrays.equals(forgetful(setting, first, leaving), whole.theta()) ? 0 : 1;
        }
        // The gradient of this one does not depend on where one is.
        if (!task.contains("linear-drive")) {
            assertThat(different).isGreaterThan(settings.size() * 3 / 4);
        }
    }

    /** What comes out where θ is kept and everything else starts anew: shows that the rest is not idle. */
    private static double[] forgetful(Setting setting, Trajectory left, int leaving) {
        Trajectory anew = open(setting);
        System.arraycopy(left.theta(), 0, anew.theta(), 0, anew.theta().length);
        anew.network().load(anew.theta());
        anew.advanceTo(STEPS - leaving);
        return anew.theta();
    }

    @Test
    void anotherSettingsStateIsRefused() {
        List<Setting> settings = sweep(all(TASKS).get(0)).settings();
        Trajectory one = open(settings.get(0));
        one.advanceTo(30);
        byte[] state = state(one);
        assertThatThrownBy(() -> open(settings.get(settings.size() - 1)).load(new StateReader(state)))
                .isInstanceOf(StateMismatchException.class);
    }
}
