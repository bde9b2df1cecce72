package org.bpttbench.experiments.run;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bpttbench.experiments.spec.RunSpec;

/** In which order runs are begun. Results do not depend on it. */
public enum RunOrder {
    /** All settings' first replicate, then their second: a sweep that is broken off has compared all on the first ones. */
    REPLICATE_MAJOR,
    /** Those expected to take longest before the others, so that none is left alone at the end. */
    LONGEST_FIRST,
    /** Setting by setting, as the sweep file has them. */
    AS_WRITTEN;

    /** As written on the command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The same runs in this order.
     *
     * @param runs in the order of the sweep
     * @param costs what runs are expected to take
     */
    public List<RunSpec> sorted(List<RunSpec> runs, RunCosts costs) {
        return switch (this) {
            case REPLICATE_MAJOR -> runs.stream().sorted(byReplicate()).toList();
            case LONGEST_FIRST -> {
                // Asked once for each, as costs may change meanwhile.
                Map<String, Double> seconds = new HashMap<>();
                runs.forEach(run -> seconds.computeIfAbsent(run.setting().id(), id -> costs.seconds(run)));
                Comparator<RunSpec> ascending = Comparator.comparingDouble(
                        run -> seconds.getOrDefault(run.setting().id(), 0.0));
                yield runs.stream()
                        .sorted(ascending.reversed().thenComparing(byReplicate()))
                        .toList();
            }
            case AS_WRITTEN -> List.copyOf(runs);
        };
    }

    private static Comparator<RunSpec> byReplicate() {
        return Comparator.comparingInt(RunSpec::replicate);
    }
}
