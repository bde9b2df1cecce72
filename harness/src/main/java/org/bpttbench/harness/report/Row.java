package org.bpttbench.harness.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.bpttbench.experiments.spec.Finite;
import org.bpttbench.experiments.spec.Setting;

/** One row of a CSV file, column by name. What is not put is empty. */
final class Row {
    private final Setting setting;
    private final Map<String, String> cells = new LinkedHashMap<>();

    Row(Setting setting) {
        this.setting = setting;
    }

    Setting setting() {
        return setting;
    }

    Map<String, String> cells() {
        return cells;
    }

    Row put(String column, String text) {
        cells.put(column, text);
        return this;
    }

    Row put(String column, long number) {
        return put(column, Long.toString(number));
    }

    /** In the shortest form that reads back as the same number; an empty cell where it is not {@link Finite}. */
    Row put(String column, double number) {
        return put(column, Finite.text(number));
    }

    Row put(String column, OptionalDouble number) {
        number.ifPresent(present -> put(column, present));
        return this;
    }
}
