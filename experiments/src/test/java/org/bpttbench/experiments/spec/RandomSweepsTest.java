package org.bpttbench.experiments.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sweeps made at random together with the number of settings that the product formula gives them. */
class RandomSweepsTest {
    private static final List<String> PATHS = List.of(
            "init.bias", "init.forget", "task.units", "train.lanes", "train.optimizer.rate", "measure.bias.burn_in");

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    /** The files alone, for others who read them. */
    static Stream<String> texts() {
        return seeds().mapToObj(seed -> new Generator(new Random(seed)).text);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theNumberOfSettingsIsTheProductAndNoneComesTwice(int seed) {
        Generator made = new Generator(new Random(seed));
        Sweep sweep = FakeCatalogs.reader().read("seed-" + seed, made.text);
        assertThat(sweep.settings()).as(made.text).hasSize(made.count);
        assertThat(sweep.settings().stream().map(Setting::id).distinct()).hasSize(made.count);
        assertThat(sweep.settings().stream()
                        .map(setting -> sweep.flatten(setting).toString())
                        .distinct())
                .as("the columns tell all settings apart")
                .hasSize(made.count);
        assertThat(FakeCatalogs.reader()
                        .read("again", made.text, "replicates=2")
                        .settings())
                .isEqualTo(sweep.settings());
    }

    private static final class Generator {
        private final Random random;
        private final List<String> free = new ArrayList<>(PATHS);
        final String text;
        int count = 1;

        Generator(Random random) {
            this.random = random;
            Collections.shuffle(free, random);
            text = "name: x\nseed: 1\ntask: {type: influence-balancing, units: 30, positive: 1}\n"
                    + "train: {steps: 9, optimizer: {type: sgd, rate: 100}}\nmeasure: {bias: {length: 3}}\n"
                    + "grid:\n  estimator: " + estimators() + "\n" + grid() + "zip: " + zip() + "\ncases: " + cases()
                    + "\n";
        }

        private String estimators() {
            int sum = 0;
            List<String> items = new ArrayList<>();
            if (random.nextBoolean()) {
                items.add("full");
                sum++;
            }
            int lengths = 1 + random.nextInt(3);
            int lookbacks = 1 + random.nextInt(3);
            items.add("{type: tbptt, length: " + list(lengths) + ", lookback: " + list(lookbacks) + "}");
            sum += lengths * lookbacks;
            int means = 1 + random.nextInt(2);
            int alphas = 1 + random.nextInt(3);
            boolean constant = random.nextBoolean();
            items.add("{type: artbp, mean: " + list(means) + ", law: [" + (constant ? "constant, " : "")
                    + "{type: polynomial, alpha: " + list(alphas) + "}]}");
            sum += means * (alphas + (constant ? 1 : 0));
            Collections.shuffle(items, random);
            count *= sum;
            return items.toString();
        }

        private String grid() {
            int axes = random.nextInt(3);
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < axes; i++) {
                int size = 1 + random.nextInt(3);
                lines.append("  ")
                        .append(path())
                        .append(": ")
                        .append(list(size))
                        .append('\n');
                count *= size;
            }
            return lines.toString();
        }

        private String zip() {
            int size = 1 + random.nextInt(3);
            if (random.nextBoolean()) {
                return "{}";
            }
            count *= size;
            return "{" + path() + ": " + list(size) + ", " + path() + ": " + list(size) + "}";
        }

        private String cases() {
            int size = random.nextInt(3);
            count *= Math.max(1, size);
            String path = path();
            return IntStream.range(0, size)
                    .mapToObj(i -> "{" + path + ": " + (3 + i) + "}")
                    .collect(Collectors.joining(", ", "[", "]"));
        }

        private String path() {
            return free.remove(0);
        }

        private static String list(int size) {
            return IntStream.range(3, 3 + size).boxed().toList().toString();
        }
    }
}
