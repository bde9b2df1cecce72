package org.bpttbench.harness.stats;

import java.util.OptionalLong;

/**
 * What is compared of two settings.
 *
 * @param detail name of the metric; of a time, where it comes from
 * @param at step of training; empty for what has none
 * @param unit empty for a pure number
 * @param better which of two values is the better one
 */
public record Quantity(Kind kind, String detail, OptionalLong at, String unit, Better better) {

    /** Directions. */
    public enum Better {
        LOWER,
        HIGHER,
        /** A place, of which neither end is better. */
        NEITHER
    }

    /** Kinds, by the word that CSV files and the command line have for them. */
    public enum Kind {
        /** Squared relative bias. */
        BIAS("bias"),
        /** Relative variance of one draw. */
        VARIANCE("variance"),
        /** Mean squared error of one draw. */
        MSE("mse"),
        /** A metric at the end of training. */
        METRIC("metric"),
        STEPS_TO_TARGET("steps_to_target"),
        /** Of a time step. */
        TIME("time");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /** In words, without the step. */
    public String label() {
        return switch (kind) {
            case BIAS -> "squared bias";
            case VARIANCE -> "variance";
            case MSE -> "squared error";
            case METRIC -> detail;
            case STEPS_TO_TARGET -> "steps to " + detail;
            case TIME -> "time per step (" + detail + ')';
        };
    }

    /** All quantities with this text are adjusted together: one family. */
    String family() {
        return kind.key + ' ' + detail;
    }

    /** The word by which a user asks for it: that of a metric is its name. */
    public String word() {
        return kind == Kind.METRIC ? detail : kind.key;
    }
}
