package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.variants.truncation.Tbptt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every task of the catalogue keeps. */
class TasksTest {
    private static final Map<String, Map<String, Object>> EXAMPLES = Map.ofEntries(
            Map.entry("influence-balancing", Map.of("units", 5L, "positive", 2L)),
            Map.entry("linear-drive", Map.of("a", 0.5)),
            Map.entry("char-lm", Map.of("text", "wordnet", "characters", 5_000L)),
            Map.entry("adding", Map.of("length", 20L, "variant", "hochreiter")),
            Map.entry("multiplication", Map.of("length", 20L)),
            Map.entry("copy", Map.of("length", 10L)),
            Map.entry("temporal-order", Map.of("length", 20L, "symbols", 2L)),
            Map.entry("random-permutation", Map.of("length", 20L)),
            Map.entry("noiseless-memorization", Map.of("length", 10L, "shown", 5L, "kinds", 2L)),
            Map.entry("copy-stream", Map.of("shortest", 2L, "longest", 3L)),
            Map.entry("anbn", Map.of("shortest", 1L, "longest", 4L)),
            Map.entry("brackets", Map.of("shortest", 0L, "longest", 2L, "save", 1L, "alphabet", 2L)),
            Map.entry("add", Map.of("first", 2L, "second", 3L, "labels", "exact")),
            Map.entry("mackey-glass", Map.of("delay", 17L)),
            Map.entry("ecg", Map.of()),
            Map.entry("sequential-digits", Map.of()));

    static Stream<String> names() {
        return Tasks.CATALOG.names().stream();
    }

    private static Task task(String name) {
        return Tasks.CATALOG
                .get(name)
                .create(new Arguments(Objects.requireNonNull(EXAMPLES.get(name), "no example of " + name)));
    }

    private static Model model(Task task) {
        Arguments cell = new Arguments(Map.of("cell", "tanh", "units", 3L, "bias", true, "layers", 1L));
        return Models.build(task, task.system().isPresent() ? Optional.empty() : Optional.of(cell));
    }

    @ParameterizedTest
    @MethodSource("names")
    void evaluationGivesTheMetricsInOrder(String name) {
        Task task = task(name);
        Network network = new Network(model(task), PlainKernels.INSTANCE);
        double[] theta = new double[network.parameters()];
        network.load(theta);
        Map<String, Double> values = task.evaluate(network, theta, Split.VALID);
        assertThat(values.keySet())
                .containsExactlyElementsOf(
                        task.metrics().stream().map(Metric::name).toList());
        assertThat(values.values()).allSatisfy(value -> assertThat(value).isFinite());
    }

    /** Gradients of a stream depend on the seed alone, and every lane has losses: in endless streams at each step. */
    @ParameterizedTest
    @MethodSource("names")
    void streamsRepeat(String name) {
        Task task = task(name);
        List<double[]> first = gradients(task);
        assertThat(first).isNotEmpty();
        assertThat(gradients(task)).usingRecursiveComparison().isEqualTo(first);
    }

    private static List<double[]> gradients(Task task) {
        int lanes = 3;
        int steps = (int) task.episode().orElse(20);
        Network network = new Network(model(task), PlainKernels.INSTANCE);
        network.load(Seeds.of(2)
                .at("theta")
                .generator()
                .doubles(network.parameters())
                .toArray());
        List<double[]> gradients = new ArrayList<>();
        var stream = new Tbptt(5, 0)
                .open(
                        network,
                        task.open(network.model(), lanes, Seeds.of(8)),
                        StreamPlan.measured(lanes, 1, steps),
                        List.of(probability -> false));
        stream.advance(steps, (gradient, window) -> gradients.add(gradient.clone()));
        if (task.episode().isEmpty()) {
            assertThat(stream.tally().losses()).isEqualTo((long) steps * lanes);
        } else {
            assertThat(stream.tally().losses()).isBetween((long) lanes, (long) steps * lanes);
        }
        return gradients;
    }

    @Test
    void catalogueKeepsItsOrder() {
        assertThat(Tasks.CATALOG.names())
                .startsWith("influence-balancing", "linear-drive")
                .contains("char-lm", "adding", "copy", "temporal-order");
    }
}
