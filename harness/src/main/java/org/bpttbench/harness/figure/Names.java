package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.report.Labels;
import org.bpttbench.harness.stats.SegmentLength;

/**
 * Settings in words, for readers who have not seen the sweep file. The length of TBPTT's windows and the mean length of
 * random segments are one quantity here: the mean segment length.
 */
public final class Names {
    private static final String ESTIMATOR = "estimator.";
    private static final Map<String, String> TYPES =
            Map.of("full", "Full BPTT", "tbptt", "TBPTT", "artbp", "ARTBP", "uncompensated", "Uncompensated cuts");
    private static final List<String> COLOURS = List.of("full", "tbptt", "artbp", "uncompensated");

    private final Sweep sweep;
    private final Labels labels;
    private final Map<String, Look> looks = new HashMap<>();
    private final Map<Setting, Map<String, String>> shown = new HashMap<>();
    private final Map<String, List<String>> alike = new HashMap<>();

    public Names(Sweep sweep) {
        this.sweep = sweep;
        this.labels = new Labels(sweep);
    }

    /** The estimator without its length, as in {@code ARTBP, polynomial law, α = 4}. */
    String family(Setting setting) {
        return estimator(setting, column -> !isLength(column));
    }

    /** The estimator, as in {@code TBPTT, length 10}. */
    public String estimator(Setting setting) {
        return estimator(setting, column -> true);
    }

    /** All that the sweep varies besides, as in {@code init orthogonal}; empty if that is nothing. */
    public String rest(Setting setting) {
        List<String> words = new ArrayList<>();
        shown(setting).forEach((column, value) -> {
            if (!column.startsWith(ESTIMATOR)) {
                words.add(Labels.word(column) + (isNumber(value) ? " = " : " ") + value);
            }
        });
        return String.join(", ", words);
    }

    /** Both. */
    public String of(Setting setting) {
        String rest = rest(setting);
        return rest.isEmpty() ? estimator(setting) : estimator(setting) + "; " + rest;
    }

    /** The colour of its estimator, the marker of its family among those of one estimator. */
    Look look(Setting setting) {
        return looks.computeIfAbsent("family " + family(setting), key -> look(setting, key, this::family));
    }

    /** The same where lengths are told apart as well. */
    Look lookOfEach(Setting setting) {
        return looks.computeIfAbsent("estimator " + estimator(setting), key -> look(setting, key, this::estimator));
    }

    private Look look(Setting setting, String key, Function<Setting, String> name) {
        String type = type(setting);
        List<String> same = alike.computeIfAbsent(
                key.substring(0, key.indexOf(' ')) + ' ' + type,
                of -> sweep.settings().stream()
                        .filter(other -> type(other).equals(type))
                        .map(name)
                        .distinct()
                        .toList());
        return new Look(colour(type), same.indexOf(name.apply(setting)));
    }

    private Map<String, String> shown(Setting setting) {
        return shown.computeIfAbsent(setting, labels::shown);
    }

    private int colour(String type) {
        int known = COLOURS.indexOf(type);
        if (known >= 0) {
            return known;
        }
        List<String> others = sweep.settings().stream()
                .map(Names::type)
                .filter(each -> !COLOURS.contains(each))
                .distinct()
                .toList();
        return COLOURS.size() + others.indexOf(type);
    }

    static String type(Setting setting) {
        return setting.estimator().text("type");
    }

    private String estimator(Setting setting, Predicate<String> wanted) {
        List<String> words = new ArrayList<>(List.of(TYPES.getOrDefault(type(setting), type(setting))));
        shown(setting).forEach((column, value) -> {
            if (column.startsWith(ESTIMATOR) && wanted.test(column)) {
                words.add(detail(column.substring(ESTIMATOR.length()), value));
            }
        });
        return String.join(", ", words);
    }

    private static boolean isLength(String column) {
        return SegmentLength.KEYS.contains(column.substring(ESTIMATOR.length()));
    }

    private static String detail(String path, String value) {
        return switch (path) {
            case "law.type" -> value + " law";
            case "law.alpha" -> "α = " + value;
            case "cuts" -> value + " cuts";
            default -> path + ' ' + value;
        };
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9].*");
    }
}
