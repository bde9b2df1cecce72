package org.bpttbench.experiments.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.core.catalog.Arguments;

/**
 * What the journal keeps of the benchmark of a setting: forward and backward for one time step of all lanes, θ frozen.
 *
 * @param setting its id
 * @param conditions under which it was made
 * @param nanos for each forked virtual machine, the mean time of a step, in nanoseconds
 * @param bytes for each of them, what was allocated in a step
 * @param provenance id of the session that made it
 */
public record TimingRecord(
        String setting, Conditions conditions, List<Double> nanos, List<Double> bytes, String provenance) {

    static final String TYPE = "timing";

    /**
     * How much is measured.
     *
     * @param forks virtual machines, one after another
     * @param warmUpSeconds run by each at least beforehand
     * @param seconds measured by each
     */
    public record Effort(int forks, double warmUpSeconds, double seconds) {
        /** @throws IllegalArgumentException if there is nothing to measure */
        public Effort {
            if (forks < 1 || !(warmUpSeconds >= 0) || !(seconds > 0)) {
                throw new IllegalArgumentException(
                        "forks " + forks + ", warm-up " + warmUpSeconds + " s, measurement " + seconds + " s");
            }
        }

        private Map<String, Object> toTree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("forks", (long) forks);
            tree.put("warm_up_seconds", warmUpSeconds);
            tree.put("seconds", seconds);
            return tree;
        }

        private static Effort of(Arguments tree) {
            return new Effort(tree.integer("forks"), tree.real("warm_up_seconds"), tree.real("seconds"));
        }
    }

    /**
     * What has to be the same for a benchmark not to be made again.
     *
     * @param backend the arithmetic
     * @param java the virtual machine with its version
     * @param code fingerprint of what is timed
     * @param effort how much is measured
     */
    public record Conditions(String backend, String java, String code, Effort effort) {
        /** In this virtual machine. */
        public static Conditions here(String backend, Effort effort) {
            return new Conditions(
                    backend,
                    System.getProperty("java.vm.name") + ' ' + System.getProperty("java.runtime.version"),
                    Fingerprint.current(),
                    effort);
        }
    }

    public TimingRecord {
        nanos = List.copyOf(nanos);
        bytes = List.copyOf(bytes);
        if (nanos.isEmpty() || nanos.size() != bytes.size()) {
            throw new IllegalArgumentException(nanos.size() + " times and " + bytes.size() + " allocations of forks");
        }
    }

    /** Of those before and then those of another record of the same. */
    TimingRecord plus(TimingRecord more) {
        return new TimingRecord(
                setting, conditions, joined(nanos, more.nanos), joined(bytes, more.bytes), more.provenance);
    }

    private static List<Double> joined(List<Double> first, List<Double> then) {
        List<Double> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    /** Whether all forks are there. */
    boolean complete() {
        return nanos.size() >= conditions.effort.forks;
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", TYPE);
        tree.put("setting", setting);
        tree.put("backend", conditions.backend);
        tree.put("java", conditions.java);
        tree.put("code", conditions.code);
        tree.put("effort", conditions.effort.toTree());
        tree.put("forks", nanos);
        tree.put("bytes", bytes);
        tree.put("provenance", provenance);
        return tree;
    }

    static TimingRecord of(Arguments tree) {
        return new TimingRecord(
                tree.text("setting"),
                new Conditions(
                        tree.text("backend"), tree.text("java"), tree.text("code"), Effort.of(tree.nested("effort"))),
                numbers(tree, "forks"),
                numbers(tree, "bytes"),
                tree.text("provenance"));
    }

    private static List<Double> numbers(Arguments tree, String name) {
        List<Double> numbers = new ArrayList<>();
        for (Object item : tree.list(name)) {
            if (!(item instanceof Number number)) {
                throw new IllegalArgumentException("an item of '" + name + "' is no number");
            }
            numbers.add(number.doubleValue());
        }
        return numbers;
    }
}
