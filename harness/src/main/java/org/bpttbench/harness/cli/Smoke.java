package org.bpttbench.harness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.DrawsSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;

/** Makes a sweep small enough to try the whole pipeline. */
final class Smoke {
    private static final long STEPS = 400;
    private static final long DRAWS = 200;

    private Smoke() {}

    /** The overrides that make it small; the name says so, hence everything made of it does. */
    static List<String> overrides(Sweep sweep) {
        List<String> overrides = new ArrayList<>(List.of("name=" + sweep.name() + "-smoke", "replicates=1"));
        if (any(sweep, setting -> setting.train().isPresent())) {
            overrides.add("train.steps=" + STEPS);
        }
        if (any(
                sweep,
                setting -> setting.train()
                                .flatMap(train -> boxed(train.sequence()))
                                .orElse(0L)
                        > STEPS)) {
            overrides.add("train.sequence=" + STEPS);
        }
        if (any(sweep, setting -> setting.accuracy().isPresent())) {
            overrides.add("measure.accuracy.every=" + STEPS);
        }
        if (any(sweep, setting -> setting.bias().isPresent())) {
            overrides.add("measure.bias.at=[0, end]");
        }
        if (any(
                sweep,
                setting -> setting.bias()
                                .flatMap(BiasSpec::draws)
                                .map(DrawsSpec::most)
                                .orElse(0)
                        > DRAWS)) {
            overrides.add(drawsPath(sweep) + "=" + DRAWS);
        }
        if (any(sweep, setting -> setting.task().has("characters"))) {
            overrides.add("task.characters=100000");
        }
        return overrides;
    }

    /** Where the sweep varies no more of the draws than their limit, that: the rest of them stands around it. */
    private static String drawsPath(Sweep sweep) {
        String path = "measure.bias.draws";
        String limit = path + ".at_most";
        boolean only = sweep.columns().contains(limit) && !sweep.columns().contains(path + ".resolve");
        return only ? limit : path;
    }

    private static boolean any(Sweep sweep, Predicate<Setting> test) {
        return sweep.settings().stream().anyMatch(test);
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }
}
