package org.bpttbench.experiments.task;

import java.util.Locale;

/** Which part of a task's data. */
public enum Split {
    TRAIN,
    VALID,
    TEST;

    /** As written in sweep files and metric names: {@code train}, {@code valid}, {@code test}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The split of that {@link #key}. */
    public static Split of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
