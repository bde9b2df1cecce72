package org.bpttbench.experiments.spec;

import java.util.List;

/**
 * A rule that a setting must keep beyond types and ranges: memory that suffices, an estimator that fits its task. Each
 * objection is reported where the file wrote the value at its path, or the nearest value around it.
 */
@FunctionalInterface
public interface SettingCheck {
    /** Empty if nothing is wrong. */
    List<Objection> check(Setting setting);

    /**
     * @param path dotted, as in {@code train.sequence}
     * @param warning whether the setting can be run nevertheless
     */
    record Objection(String path, String message, boolean warning) {
        public static Objection error(String path, String message) {
            return new Objection(path, message, false);
        }

        public static Objection warning(String path, String message) {
            return new Objection(path, message, true);
        }
    }
}
