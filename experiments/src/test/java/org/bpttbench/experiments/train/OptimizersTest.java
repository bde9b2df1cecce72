package org.bpttbench.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizersTest {
    @Test
    void gradientDescentMovesByTheRate() {
        double[] theta = {1, -2, 0.5};
        double[] gradient = {4, -8, 0};
        create("sgd", Map.of("rate", 0.25), 3).update(theta, gradient, 99);
        assertThat(theta).containsExactly(0, 0, 0.5);
        assertThat(gradient).containsExactly(4, -8, 0);
    }

    @Test
    void rateDecaysWithTheRootOfTimeStepsDone() {
        Optimizer sgd = create("sgd", Map.of("rate", 3.0, "decay", decay("inverse-sqrt")), 1);
        double[] theta = {0};
        sgd.update(theta, new double[] {-1}, 0);
        assertThat(theta[0]).isEqualTo(3);
        sgd.update(theta, new double[] {-1}, 8);
        assertThat(theta[0]).isEqualTo(4);
        sgd.update(theta, new double[] {-2}, (1L << 60) - 1);
        assertThat(theta[0]).isEqualTo(4 + 0x6p-30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "inverse-sqrt"})
    void adamTakesTheStepsComputedIndependently(String decay) throws IOException {
        Optimizer adam = create("adam", Map.of("rate", 0.1, "decay", decay(decay)), 2);
        double[] theta = {1, -2};
        List<String[]> updates = lines("adam.txt", decay);
        assertThat(updates).hasSize(5);
        for (String[] words : updates) {
            adam.update(theta, numbers(words, 2), Long.parseLong(words[1]));
            assertThat(theta).as(String.join(" ", words)).containsExactly(numbers(words, 4), within(1e-14));
        }
    }

    private static List<String[]> lines(String file, String first) throws IOException {
        try (InputStream in = OptimizersTest.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(first) && !line.startsWith("#"))
                    .map(line -> line.split(" ", -1))
                    .toList();
        }
    }

    private static double[] numbers(String[] words, int first) {
        return new double[] {Double.parseDouble(words[first]), Double.parseDouble(words[first + 1])};
    }

    private static final Map<String, Map<String, Object>> VARIANTS = Map.of(
            "sgd", Map.of("type", "sgd", "rate", 0.1),
            "momentum", Map.of("type", "sgd", "rate", 0.1, "momentum", 0.9),
            "nesterov", Map.of("type", "sgd", "rate", 0.1, "momentum", 0.9, "nesterov", true),
            "rmsprop", Map.of("type", "rmsprop", "rate", 0.1),
            "adam", Map.of("type", "adam", "rate", 0.1),
            "adamw", Map.of("type", "adam", "rate", 0.1, "weight_decay", 0.01));

    @ParameterizedTest
    @ValueSource(strings = {"momentum", "nesterov", "rmsprop", "adamw"})
    void optimisersTakeTheStepsComputedIndependently(String variant) throws IOException {
        Optimizer optimizer = create(variant, 2);
        double[] theta = {1, -2};
        List<String[]> updates = lines("optimizers.txt", variant + " ");
        assertThat(updates).hasSize(5);
        for (String[] words : updates) {
            optimizer.update(theta, numbers(words, 2), Long.parseLong(words[1]));
            assertThat(theta).as(String.join(" ", words)).containsExactly(numbers(words, 4), within(1e-14));
        }
    }

    @Test
    void ratesDecayAsComputedIndependently() throws IOException {
        List<Optimizer> each = Stream.of(
                        Map.<String, Object>of("type", "exponential", "half_life", 1000.0),
                        Map.<String, Object>of("type", "cosine", "total", 1000L, "floor", 0.1),
                        Map.<String, Object>of("type", "step", "every", 250L, "factor", 0.3),
                        Map.<String, Object>of("type", "inverse-sqrt"))
                .map(decay -> create("sgd", Map.of("rate", 2.0, "decay", decay), 1))
                .toList();
        List<String[]> lines = lines("decays.txt", "");
        assertThat(lines).hasSize(7);
        for (String[] words : lines) {
            for (int i = 0; i < each.size(); i++) {
                double[] theta = {0};
                each.get(i).update(theta, new double[] {-1}, Long.parseLong(words[0]));
                assertThat(theta[0]).isCloseTo(Double.parseDouble(words[i + 1]), within(1e-14));
            }
        }
    }

    @Test
    void lookingAheadNeedsMomentum() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create("sgd", Map.of("rate", 1.0, "nesterov", true), 1))
                .withMessage("nesterov needs a momentum above 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"})
    void savedStateContinuesWithTheSameBits(String name) {
        Optimizer whole = create(name, 2);
        double[] theta = {1, 2};
        whole.update(theta, new double[] {0.3, -4}, 1);
        whole.update(theta, new double[] {-2, 0.7}, 2);
        double[] middle = theta.clone();
        double[] state = whole.state();
        whole.update(theta, new double[] {5, 0.1}, 3);

        Optimizer resumed = create(name, 2);
        resumed.restore(state);
        resumed.update(middle, new double[] {5, 0.1}, 3);
        assertThat(middle).isEqualTo(theta);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resumed.restore(new double[99]))
                .withMessageContaining("99");
    }

    @Test
    void stateIsACopy() {
        Optimizer adam = create("adam", Map.of("rate", 0.1), 1);
        double[] state = adam.state();
        adam.update(new double[1], new double[] {1}, 1);
        assertThat(adam.state()).isNotEqualTo(state);
    }

    @Test
    void runsDoNotShareMoments() {
        OptimizerFactory factory = factory("adam", Map.of("rate", 0.1));
        Optimizer first = factory.create(1);
        first.update(new double[1], new double[] {1}, 1);
        assertThat(factory.create(1).state()).containsExactly(1, 1, 0, 0);
    }

    private static Optimizer create(String variant, int parameters) {
        Map<String, Object> settings = Objects.requireNonNull(VARIANTS.get(variant));
        return create((String) Objects.requireNonNull(settings.get("type")), settings, parameters);
    }

    private static Map<String, Object> decay(String type) {
        return Map.of("type", type);
    }

    private static Optimizer create(String name, Map<String, ?> settings, int parameters) {
        return factory(name, settings).create(parameters);
    }

    private static OptimizerFactory factory(String name, Map<String, ?> settings) {
        Entry<? extends OptimizerFactory> entry = Optimizers.CATALOG.get(name);
        Map<String, Object> resolved = new HashMap<>();
        for (Parameter parameter : entry.parameters()) {
            boolean named = parameter.type() == Parameter.Type.ENTRY;
            parameter
                    .fallback()
                    .ifPresent(value -> resolved.put(parameter.name(), named ? Map.of("type", value) : value));
        }
        resolved.putAll(settings);
        return entry.create(new Arguments(resolved));
    }
}
