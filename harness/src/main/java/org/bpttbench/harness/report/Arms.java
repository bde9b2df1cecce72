package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.inference.Interval;

/** Names settings in a sentence: one by one while they are few, by their estimator where they are many. */
final class Arms {
    private static final int FEW = 2;

    private final Sweep sweep;
    private final Labels labels;

    Arms(Sweep sweep, Labels labels) {
        this.sweep = sweep;
        this.labels = labels;
    }

    /**
     * What is said of a setting in brackets: the figures between {@code low} and {@code high}.
     *
     * @param interval of the figure, if it is one figure that has an interval
     */
    record Figures(double low, double high, Optional<Interval> interval) {
        Figures with(Figures other) {
            return new Figures(Math.min(low, other.low), Math.max(high, other.high), Optional.empty());
        }

        String text() {
            String from = Digits.of(low, Digits.FEW);
            String to = Digits.of(high, Digits.FEW);
            String around = interval.map(of -> ", 95 % interval " + Digits.interval(of, Digits.FEW))
                    .orElse("");
            return (from.equals(to) ? from : from + " to " + to) + around;
        }
    }

    /** @param what the figures are, said once */
    String withFigures(Map<Setting, Figures> settings, String what) {
        List<String> phrases = new ArrayList<>();
        byType(List.copyOf(settings.keySet())).forEach((type, members) -> {
            if (members.size() <= FEW) {
                members.forEach(setting ->
                        phrases.add(phrase(labels.of(setting), settings, List.of(setting), said(phrases, what))));
            } else {
                phrases.add(phrase(many(type, members.size()), settings, members, said(phrases, what)));
            }
        });
        return Words.list(phrases);
    }

    private static String phrase(String name, Map<Setting, Figures> all, List<Setting> members, String what) {
        Figures range = all.entrySet().stream()
                .filter(entry -> members.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Figures::with)
                .orElseThrow();
        return name + " (" + what + range.text() + ')';
    }

    String names(List<Setting> settings) {
        List<String> phrases = new ArrayList<>();
        byType(settings).forEach((type, members) -> {
            if (members.size() <= FEW) {
                members.forEach(setting -> phrases.add(labels.of(setting)));
            } else {
                phrases.add(many(type, members.size()));
            }
        });
        return Words.list(phrases);
    }

    private static String said(List<String> before, String what) {
        return before.isEmpty() ? what + ' ' : "";
    }

    private String many(String type, int count) {
        long all = sweep.settings().stream()
                .filter(setting -> labels.type(setting).equals(type))
                .count();
        return (count == all ? "all " + count : count + " of " + all) + ' ' + type + " settings";
    }

    private Map<String, List<Setting>> byType(List<Setting> settings) {
        Map<String, List<Setting>> types = new LinkedHashMap<>();
        settings.forEach(setting -> types.computeIfAbsent(labels.type(setting), type -> new ArrayList<>())
                .add(setting));
        return types;
    }
}
