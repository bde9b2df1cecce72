package org.bpttbench.experiments.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.spec.MeasurementKey;

/**
 * What the journal keeps of a request that was completed: every run of a sweep, as it stood then, had ended, so that there were
 * tables to look at. It says how large each measurement was, and no more: not who made it or when, so that the same request has
 * the same record wherever it was completed, and stands in a journal once.
 *
 * @param bias setting by setting, checkpoint by checkpoint
 * @param accuracy setting by setting
 */
public record RequestRecord(List<Bias> bias, List<Accuracy> accuracy) {
    static final String TYPE = "request";

    /**
     * A measurement of bias.
     *
     * @param key {@link MeasurementKey#ofBias}: the same for any number of draws
     * @param at step of training
     * @param draws made for a replicate, the most where replicates differ; 0 where none were
     * @param replicates that the sweep asked for
     */
    public record Bias(String key, long at, long draws, int replicates) {
        /** @throws IllegalArgumentException if a count is negative */
        public Bias {
            RunRecord.requireCount("at", at);
            RunRecord.requireCount("draws", draws);
            RunRecord.requireCount("replicates", replicates);
        }

        private Map<String, Object> toTree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("key", key);
            tree.put("at", at);
            tree.put("draws", draws);
            tree.put("replicates", (long) replicates);
            return tree;
        }

        private static Bias of(Arguments tree) {
            return new Bias(tree.text("key"), tree.whole("at"), tree.whole("draws"), tree.integer("replicates"));
        }
    }

    /**
     * A measurement of accuracy.
     *
     * @param key {@link MeasurementKey#ofAccuracy}
     * @param replicates that the sweep asked for
     */
    public record Accuracy(String key, int replicates) {
        /** @throws IllegalArgumentException if the count is negative */
        public Accuracy {
            RunRecord.requireCount("replicates", replicates);
        }

        private Map<String, Object> toTree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("key", key);
            tree.put("replicates", (long) replicates);
            return tree;
        }

        private static Accuracy of(Arguments tree) {
            return new Accuracy(tree.text("key"), tree.integer("replicates"));
        }
    }

    public RequestRecord {
        bias = List.copyOf(bias);
        accuracy = List.copyOf(accuracy);
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", TYPE);
        tree.put("bias", bias.stream().map(Bias::toTree).toList());
        tree.put("accuracy", accuracy.stream().map(Accuracy::toTree).toList());
        return tree;
    }

    static RequestRecord of(Arguments tree) {
        return new RequestRecord(
                tree.maps("bias").stream().map(Bias::of).toList(),
                tree.maps("accuracy").stream().map(Accuracy::of).toList());
    }
}
