package org.bpttbench.experiments.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.spec.Finite;
import org.bpttbench.experiments.train.NormTally;

/**
 * What the journal keeps of one run. Everything but {@code nanos}, the training's too, and {@code provenance} is
 * determined by the run's identity.
 *
 * @param run id of the run
 * @param setting id of its setting
 * @param replicate counted from 0
 * @param identity what was hashed
 * @param outcome how it ended
 * @param message empty, or why it did not end well
 * @param training what training took
 * @param curves metrics at checkpoints, in order
 * @param baselines metric (with its split) → method → value
 * @param bias measurements, in order of their step
 * @param provenance id of the session that made it
 * @param nanos wall time of all of it, in all processes that worked on it, evaluations and measurements among it; absent in
 *     journals of versions that did not record it
 */
public record RunRecord(
        String run,
        String setting,
        int replicate,
        Map<String, Object> identity,
        Outcome outcome,
        String message,
        Training training,
        List<CurvePoint> curves,
        Map<String, Map<String, Double>> baselines,
        List<BiasMeasurement> bias,
        String provenance,
        OptionalLong nanos) {

    static final String TYPE = "run";

    /**
     * What training took.
     *
     * @param steps time steps trained, per lane
     * @param updates of θ
     * @param backwardSteps adjoint steps, summed over lanes
     * @param tapeSteps the most steps kept on the tape
     * @param maxWeight the largest |W[t,s]|
     * @param norms of the gradients; absent without an update, and in journals of versions that did not record them
     * @param nanos wall time of the training alone
     */
    public record Training(
            long steps,
            long updates,
            long backwardSteps,
            long tapeSteps,
            double maxWeight,
            Optional<Norms> norms,
            long nanos) {
        /** @throws IllegalArgumentException if a count is negative */
        public Training {
            requireCount("steps", steps);
            requireCount("updates", updates);
            requireCount("backward_steps", backwardSteps);
            requireCount("tape_steps", tapeSteps);
            requireCount("nanos", nanos);
        }

        /** Of a run that does not train. */
        public static final Training NONE = new Training(0, 0, 0, 0, 1.0, Optional.empty(), 0);

        Map<String, Object> toTree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("steps", steps);
            tree.put("updates", updates);
            tree.put("backward_steps", backwardSteps);
            tree.put("tape_steps", tapeSteps);
            Finite.put(tree, "max_weight", maxWeight);
            norms.ifPresent(present -> tree.put("norms", present.toTree()));
            tree.put("nanos", nanos);
            return tree;
        }

        static Training of(Arguments tree) {
            return new Training(
                    tree.whole("steps"),
                    tree.whole("updates"),
                    tree.whole("backward_steps"),
                    tree.whole("tape_steps"),
                    Finite.read(tree, "max_weight"),
                    tree.has("norms") ? Optional.of(Norms.of(tree.nested("norms"))) : Optional.empty(),
                    tree.whole("nanos"));
        }
    }

    /**
     * Euclidean norms of a run's gradients, as clipping meets and leaves them, over all updates with a finite gradient.
     *
     * @param mean before clipping
     * @param max before clipping
     * @param clippedMean after clipping
     * @param clippedMax after clipping
     */
    public record Norms(double mean, double max, double clippedMean, double clippedMax) {
        static Optional<Norms> of(NormTally before, NormTally after) {
            return before.count() == 0
                    ? Optional.empty()
                    : Optional.of(new Norms(before.mean(), before.max(), after.mean(), after.max()));
        }

        Map<String, Object> toTree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            Finite.put(tree, "mean", mean);
            Finite.put(tree, "max", max);
            Finite.put(tree, "clipped_mean", clippedMean);
            Finite.put(tree, "clipped_max", clippedMax);
            return tree;
        }

        static Norms of(Arguments tree) {
            return new Norms(
                    Finite.read(tree, "mean"),
                    Finite.read(tree, "max"),
                    Finite.read(tree, "clipped_mean"),
                    Finite.read(tree, "clipped_max"));
        }
    }

    /** @throws IllegalArgumentException if the replicate is negative */
    public RunRecord {
        requireCount("replicate", replicate);
        curves = List.copyOf(curves);
        bias = List.copyOf(bias);
    }

    /** Of a run that was not timed. */
    public RunRecord(
            String run,
            String setting,
            int replicate,
            Map<String, Object> identity,
            Outcome outcome,
            String message,
            Training training,
            List<CurvePoint> curves,
            Map<String, Map<String, Double>> baselines,
            List<BiasMeasurement> bias,
            String provenance) {
        this(
                run,
                setting,
                replicate,
                identity,
                outcome,
                message,
                training,
                curves,
                baselines,
                bias,
                provenance,
                OptionalLong.empty());
    }

    /**
     * The same with its identity shared with other records of its setting, of which there may be thousands.
     *
     * @param shared equal to its own
     */
    RunRecord withIdentity(Map<String, Object> shared) {
        return new RunRecord(
                run,
                setting,
                replicate,
                shared,
                outcome,
                message,
                training,
                curves,
                baselines,
                bias,
                provenance,
                nanos);
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", TYPE);
        tree.put("run", run);
        tree.put("setting", setting);
        tree.put("replicate", (long) replicate);
        tree.put("identity", identity);
        tree.put("outcome", outcome.key());
        tree.put("message", message);
        tree.put("training", training.toTree());
        tree.put("curves", curves.stream().map(CurvePoint::toTree).toList());
        tree.put("baselines", finite(baselines));
        tree.put("bias", bias.stream().map(BiasMeasurement::toTree).toList());
        tree.put("provenance", provenance);
        nanos.ifPresent(time -> tree.put("nanos", time));
        return tree;
    }

    static RunRecord of(Arguments tree) {
        return new RunRecord(
                tree.text("run"),
                tree.text("setting"),
                tree.integer("replicate"),
                tree.nested("identity").values(),
                Outcome.of(tree.text("outcome")),
                tree.text("message"),
                Training.of(tree.nested("training")),
                each(tree, "curves", CurvePoint::of),
                baselines(tree.nested("baselines")),
                each(tree, "bias", BiasMeasurement::of),
                tree.text("provenance"),
                tree.has("nanos") ? OptionalLong.of(tree.whole("nanos")) : OptionalLong.empty());
    }

    /** @throws IllegalArgumentException if a number is below 0 that counts something */
    static void requireCount(String name, long count) {
        if (count < 0) {
            throw new IllegalArgumentException(name + " is " + count + ": must be at least 0");
        }
    }

    private static <T> List<T> each(Arguments tree, String name, Function<Arguments, T> reader) {
        return tree.maps(name).stream().map(reader).toList();
    }

    private static Map<String, Object> finite(Map<String, Map<String, Double>> baselines) {
        Map<String, Object> tree = new LinkedHashMap<>();
        baselines.forEach((metric, methods) -> {
            Map<String, Object> values = new LinkedHashMap<>();
            methods.forEach((method, value) -> Finite.put(values, method, value));
            tree.put(metric, values);
        });
        return tree;
    }

    private static Map<String, Map<String, Double>> baselines(Arguments tree) {
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        tree.values().keySet().forEach(metric -> {
            Arguments methods = tree.nested(metric);
            Map<String, Double> values = new LinkedHashMap<>();
            methods.values().keySet().forEach(method -> values.put(method, methods.real(method)));
            baselines.put(metric, values);
        });
        return baselines;
    }
}
