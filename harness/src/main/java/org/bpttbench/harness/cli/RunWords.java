package org.bpttbench.harness.cli;

import java.util.function.Function;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;

/** A run, as it is told of. */
final class RunWords {
    private RunWords() {}

    /** {@code run 0123456789abcdef (tbptt length=5, replicate 2)}. */
    static String of(RunSpec spec, Function<Setting, String> labels) {
        return "run " + spec.id() + " (" + what(spec, labels) + ")";
    }

    /** {@code tbptt length=5, replicate 2}. */
    static String what(RunSpec spec, Function<Setting, String> labels) {
        return labels.apply(spec.setting()) + ", replicate " + spec.replicate();
    }
}
