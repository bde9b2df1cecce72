package org.bpttbench.harness.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.RunSpec;

/** Journal records with figures as a test wants them; two parameters, gradient (1, 0). */
public final class InventedJournal {
    static final Map<String, Object> NO_MOMENTS = Map.of("count", 0, "mean", 0.0, "m2", 0.0, "m3", 0.0, "m4", 0.0);

    private final Path results;
    private final List<String> lines = new ArrayList<>();
    private final UniformRandomProvider random = Seeds.of(1).at("invented").generator();

    public InventedJournal(Path results) {
        this.results = results;
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("type", "session");
        session.put("id", "5e55");
        session.put("backend", "plain");
        lines.add(Json.write(session));
    }

    /** One run, built up and then {@link #add}ed. */
    public final class Run {
        private final Map<String, Object> tree = new LinkedHashMap<>();
        private final List<Object> curves = new ArrayList<>();
        private final List<Object> bias = new ArrayList<>();
        private Map<String, Object> last = new LinkedHashMap<>();

        private Run(RunSpec spec, String outcome, String message) {
            tree.put("type", "run");
            tree.put("run", spec.id());
            tree.put("setting", spec.setting().id());
            tree.put("replicate", spec.replicate());
            tree.put("identity", spec.setting().identity());
            tree.put("outcome", outcome);
            tree.put("message", message);
            tree.put("training", training(0, 0));
            tree.put("baselines", Map.of());
            tree.put("provenance", "5e55");
        }

        public Run trained(long steps, long updates) {
            tree.put("training", training(steps, updates));
            return this;
        }

        public Run baselines(Map<String, Object> baselines) {
            tree.put("baselines", baselines);
            return this;
        }

        public Run point(long step, String metric, double value) {
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("step", step);
            point.put("metric", metric);
            point.put("value", value);
            curves.add(point);
            return this;
        }

        public Run exactBias(long at, double relativeBias, double projection) {
            return bias(at, true, 1, relativeBias * relativeBias, projection, 0, 1.0);
        }

        /** Of 2000 draws. */
        public Run sampledBias(long at, double relativeBias, double projection, double variance, double weight) {
            return bias(at, false, 2000, signedSquare(relativeBias), projection, variance, weight);
        }

        /** Of the fewest draws that have an interval. */
        public Run barelySampledBias(long at, double relativeBias, double projection, double variance, double weight) {
            return bias(at, false, 100, signedSquare(relativeBias), projection, variance, weight);
        }

        /** Of fewer draws than an interval takes. */
        public Run fewDraws(long at, double relativeBias, double projection, double variance) {
            return bias(at, false, 10, signedSquare(relativeBias), projection, variance, 1.0);
        }

        private static double signedSquare(double value) {
            return Math.copySign(value * value, value);
        }

        /** Changes what the journal has of the last measurement. */
        public Run spoil(Consumer<Map<String, Object>> change) {
            change.accept(last);
            return this;
        }

        /** Of the component along g over draws, for the last measurement. */
        public Run quantiles(double... ascending) {
            last.put("sample", sample(encoded(ascending), 2000));
            return this;
        }

        private Run bias(
                long at, boolean exact, int draws, double square, double projection, double variance, double weight) {
            double error = square + variance / draws;
            double along = projection - 1.0;
            // Errors across the gradient point another way in every run: chance does not agree with itself.
            double across = Math.sqrt(Math.max(0, error - along * along)) * (lines.size() % 2 == 0 ? 1 : -1);
            int batches = exact ? 1 : Math.min(200, draws);
            double[] inner = scattered(along, variance, batches, draws);
            double[] beside = scattered(across, variance, batches, draws);
            double[] means = new double[2 * batches];
            double[] squares = new double[batches];
            for (int m = 0; m < batches; m++) {
                means[2 * m] = inner[m];
                means[2 * m + 1] = beside[m];
                squares[m] = error + variance * (draws - 1.0) / draws;
            }
            Map<String, Object> block = new LinkedHashMap<>();
            block.put("name", "theta");
            block.put("parameters", 2);
            block.put("gradient_squared", 1.0);
            block.put("inner", encoded(inner));
            block.put("squares", encoded(squares));
            block.put("means", encoded(means));
            block.put("gram", encoded());
            Map<String, Object> measured = new LinkedHashMap<>();
            measured.put("at", at);
            measured.put("sequences", 4);
            measured.put("draws", draws);
            measured.put("gradient_norm", 1.0);
            measured.put("term_norms", 2.0);
            measured.put("blocks", List.of(block));
            if (!exact) {
                measured.put("sample", sample("", draws));
            }
            Map<String, Object> walk = new LinkedHashMap<>();
            walk.put("forward_steps", 1.0);
            walk.put("backward_steps", exact ? 1.0 : 0.9625);
            walk.put("mean_segment", 16.0);
            walk.put("tape_steps", exact ? 20 : 107);
            walk.put("tape_bytes", 4096);
            walk.put("max_weight", weight);
            measured.put("walk", walk);
            bias.add(measured);
            last = measured;
            return this;
        }

        /** Of draws that all carry about the same. */
        private static Map<String, Object> sample(String quantiles, int draws) {
            Map<String, Object> sample = new LinkedHashMap<>();
            sample.put("projections", NO_MOMENTS);
            sample.put("quantiles", quantiles);
            sample.put("effective_draws", 1.0 * draws);
            sample.put("largest_share", 0.01);
            return sample;
        }

        /** Batch means of one of two parameters that scatter exactly as those of so many draws, about exactly the given mean. */
        private double[] scattered(double mean, double variance, int batches, int draws) {
            double[] values = random.doubles(batches, -1, 1).toArray();
            double middle = Arrays.stream(values).average().orElseThrow();
            double squares = Arrays.stream(values)
                    .map(value -> (value - middle) * (value - middle))
                    .sum();
            double wanted = variance / 2 * batches / draws * (batches - 1);
            double scale = squares > 0 ? Math.sqrt(wanted / squares) : 0;
            return Arrays.stream(values)
                    .map(value -> mean + scale * (value - middle))
                    .toArray();
        }

        public InventedJournal add() {
            tree.put("curves", curves);
            tree.put("bias", bias);
            lines.add(Json.write(tree));
            return InventedJournal.this;
        }
    }

    public Run done(RunSpec spec) {
        return new Run(spec, "done", "");
    }

    public Run ended(RunSpec spec, String outcome, String message) {
        return new Run(spec, outcome, message);
    }

    public Journal read() throws IOException {
        Files.createDirectories(results.resolve("journal"));
        Files.writeString(results.resolve("journal").resolve("worker-0.jsonl"), String.join("\n", lines) + '\n');
        return Journal.read(results);
    }

    private static Map<String, Object> training(long steps, long updates) {
        Map<String, Object> training = new LinkedHashMap<>();
        training.put("steps", steps);
        training.put("updates", updates);
        training.put("backward_steps", 4 * steps);
        training.put("tape_steps", 20);
        training.put("max_weight", 1.0);
        training.put("nanos", 1500 * steps);
        return training;
    }

    static double[] decoded(String text) {
        double[] values = new double[Base64.getDecoder().decode(text).length / Double.BYTES];
        ByteBuffer.wrap(Base64.getDecoder().decode(text))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(values);
        return values;
    }

    static String encoded(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
