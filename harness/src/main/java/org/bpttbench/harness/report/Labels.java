package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;

/**
 * What tells a setting from the others, in words: its estimator, as in {@code tbptt length=10}, and the rest of what the
 * sweep varies, as in {@code init=orthogonal}. An estimator's first parameter always shows: a window without its length
 * means nothing.
 */
public final class Labels {
    private static final String ESTIMATOR = "estimator.";
    private static final String TYPE = "estimator.type";

    private final Sweep sweep;
    private final boolean complete;

    private final Map<Setting, Map<String, String>> texts = new HashMap<>();

    private final Map<String, Boolean> varying = new HashMap<>();

    /** Columns beside the estimator's that tell settings apart. What moves together with them says nothing more. */
    private final List<String> telling = new ArrayList<>();

    public Labels(Sweep sweep) {
        this.sweep = sweep;
        sweep.columns().stream()
                .filter(column -> !column.startsWith(ESTIMATOR) && varies(column, ""))
                .filter(column -> !follows(column, telling))
                .forEach(telling::add);
        this.complete = sweep.settings().stream()
                        .map(setting -> type(setting)
                                + words(
                                        setting,
                                        column -> tells(column, setting)
                                                || first(setting).equals(column)))
                        .distinct()
                        .count()
                < sweep.settings().size();
    }

    String type(Setting setting) {
        return setting.estimator().text("type");
    }

    /** The type and what tells it from others of the type. */
    public String estimator(Setting setting) {
        List<String> words = new ArrayList<>(List.of(type(setting)));
        words.addAll(words(setting, column -> column.startsWith(ESTIMATOR) && shows(column, setting)));
        return String.join(" ", words);
    }

    /** All else that is varied; empty if nothing is. */
    String rest(Setting setting) {
        return String.join(" ", words(setting, column -> !column.startsWith(ESTIMATOR) && shows(column, setting)));
    }

    /** All of it in one line. */
    public String of(Setting setting) {
        return (estimator(setting) + ' ' + rest(setting)).strip();
    }

    /** The columns that tell the setting from others, but for the estimator's type, with its text in each. */
    public Map<String, String> shown(Setting setting) {
        Map<String, String> texts = texts(setting);
        Map<String, String> shown = new LinkedHashMap<>();
        for (String column : sweep.columns()) {
            String text = texts.getOrDefault(column, "");
            if (!column.equals(TYPE) && !text.isEmpty() && shows(column, setting)) {
                shown.put(column, value(text));
            }
        }
        return shown;
    }

    private List<String> words(Setting setting, Predicate<String> wanted) {
        Map<String, String> texts = texts(setting);
        return sweep.columns().stream()
                .filter(column ->
                        !column.equals(TYPE) && !texts.getOrDefault(column, "").isEmpty())
                .filter(wanted)
                .map(column -> word(column) + '=' + value(texts.getOrDefault(column, "")))
                .toList();
    }

    /** Everything, should what varies not tell all settings apart. */
    private boolean shows(String column, Setting setting) {
        return complete || column.equals(first(setting)) || tells(column, setting);
    }

    /** The column of the estimator's first parameter, or an empty string. */
    private String first(Setting setting) {
        Map<String, String> texts = texts(setting);
        return sweep.columns().stream()
                .filter(column -> column.startsWith(ESTIMATOR) && !column.equals(TYPE))
                .filter(column -> !texts.getOrDefault(column, "").isEmpty())
                .findFirst()
                .orElse("");
    }

    private boolean tells(String column, Setting setting) {
        if (!column.startsWith(ESTIMATOR)) {
            return telling.contains(column);
        }
        String type = type(setting);
        return varying.computeIfAbsent(column + ' ' + type, key -> varies(column, type));
    }

    /** Whether settings that agree in some columns agree in this one. */
    private boolean follows(String column, List<String> columns) {
        Map<List<String>, String> known = new HashMap<>();
        for (Setting setting : sweep.settings()) {
            Map<String, String> texts = texts(setting);
            String text = texts.getOrDefault(column, "");
            List<String> key =
                    columns.stream().map(each -> texts.getOrDefault(each, "")).toList();
            String before = known.putIfAbsent(key, text);
            if (before != null && !before.equals(text)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether settings that have the column differ in it.
     *
     * @param type of the estimators that are looked at; empty for all
     */
    private boolean varies(String column, String type) {
        Set<String> seen = new HashSet<>();
        for (Setting other : sweep.settings()) {
            if (type.isEmpty() || type(other).equals(type)) {
                seen.add(texts(other).getOrDefault(column, ""));
            }
        }
        seen.remove("");
        return seen.size() > 1;
    }

    private Map<String, String> texts(Setting setting) {
        return texts.computeIfAbsent(setting, sweep::flatten);
    }

    /** {@code estimator.law.type} is {@code law}, {@code train.optimizer.rate} is {@code optimizer.rate}. */
    public static String word(String column) {
        List<String> parts = new ArrayList<>(List.of(column.split("\\.")));
        if (parts.size() > 1 && parts.get(parts.size() - 1).equals("type")) {
            parts.remove(parts.size() - 1);
            return parts.get(parts.size() - 1);
        }
        int shown = column.startsWith(ESTIMATOR) ? 1 : 2;
        return parts.stream().skip(Math.max(0, parts.size() - shown)).collect(Collectors.joining("."));
    }

    private static String value(String text) {
        return text.matches("-?[0-9]+\\.0") ? text.substring(0, text.length() - 2) : text;
    }
}
