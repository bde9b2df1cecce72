package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.experiments.spec.PartialSetting;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.stats.Choices;
import org.bpttbench.harness.stats.Compared;
import org.bpttbench.harness.stats.Comparison;
import org.bpttbench.harness.stats.Pairing;
import org.bpttbench.harness.stats.SettingPair;
import org.bpttbench.harness.stats.SettingRuns;

/** A comparison in words: table, page and terminal are made of it. A pure function of the sweeps and their journals. */
public final class ComparisonReport {
    private static final int FEW = 4;

    private final String baseline;
    private final String candidate;
    private final Results before;
    private final Results after;
    private final boolean ofOneSweep;
    private final Comparison comparison;
    private final Labels labelsBefore;
    private final Labels labelsAfter;
    private final Map<Setting, Map<Setting, String>> labels = new HashMap<>();

    private ComparisonReport(
            String baseline, Results before, String candidate, Results after, boolean ofOneSweep, Pairing pairing) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.before = before;
        this.after = after;
        this.ofOneSweep = ofOneSweep;
        this.comparison =
                Comparison.of(pairing, before.accuracy(), after.accuracy(), before.journal(), after.journal());
        this.labelsBefore = new Labels(before.sweep());
        this.labelsAfter = ofOneSweep ? labelsBefore : new Labels(after.sweep());
    }

    /**
     * Of two results folders.
     *
     * @param baseline name for readers
     * @param candidate name for readers
     */
    public static ComparisonReport ofFolders(String baseline, Results before, String candidate, Results after) {
        Pairing pairing = Pairing.ofFolders(made(before), made(after));
        return new ComparisonReport(baseline, before, candidate, after, false, pairing);
    }

    /** Of two estimators of a sweep. */
    public static ComparisonReport ofEstimators(
            Results results,
            String baseline,
            PartialSetting first,
            String candidate,
            PartialSetting second,
            Choices choices) {
        Pairing pairing = Pairing.ofEstimators(made(results), first, second, choices);
        return new ComparisonReport(baseline, results, candidate, results, true, pairing);
    }

    private static List<SettingRuns> made(Results results) {
        return results.settings().stream()
                .filter(runs -> !runs.results().isEmpty())
                .toList();
    }

    /** Name of what is compared with. */
    public String baseline() {
        return baseline;
    }

    /** Name of what is compared. */
    public String candidate() {
        return candidate;
    }

    /** Results that the baseline is part of. */
    public Results before() {
        return before;
    }

    /** Results that the candidate is part of. */
    public Results after() {
        return after;
    }

    public Comparison comparison() {
        return comparison;
    }

    /** Whether both sides are of one sweep and differ in the estimator. */
    public boolean ofOneSweep() {
        return ofOneSweep;
    }

    /** The pair in words: what both have in common is said once. */
    public String label(SettingPair pair) {
        return labels.computeIfAbsent(pair.baseline().setting(), setting -> new HashMap<>())
                .computeIfAbsent(pair.candidate().setting(), setting -> words(pair));
    }

    private String words(SettingPair pair) {
        Setting own = pair.candidate().setting();
        Setting other = pair.baseline().setting();
        String rest = labelsAfter.rest(own);
        if (labelsAfter.of(own).equals(labelsBefore.of(other))) {
            return labelsAfter.of(own);
        }
        if (rest.equals(labelsBefore.rest(other))) {
            return (labelsAfter.estimator(own) + " against " + labelsBefore.estimator(other) + ' ' + rest).strip();
        }
        return labelsAfter.of(own) + " against " + labelsBefore.of(other);
    }

    /** Lines above the table: what is compared, in what the two differ, how replicates are paired, what has no partner. */
    public List<String> heading() {
        List<String> lines = new ArrayList<>();
        lines.add(
                ofOneSweep()
                        ? candidate + " against " + baseline + " in "
                                + before.sweep().name()
                        : candidate + " against " + baseline);
        List<String> fixed = comparison.pairing().apart();
        if (!fixed.isEmpty() && !ofOneSweep()) {
            lines.add("They differ in " + String.join("; ", fixed) + '.');
        }
        lines.add(pairs());
        lines.addAll(partnerless());
        return lines;
    }

    private String pairs() {
        List<SettingPair> pairs = comparison.pairing().pairs();
        int most = pairs.stream()
                .mapToInt(pair -> pair.candidate().results().size())
                .max()
                .orElse(0);
        long apart = pairs.stream().filter(pair -> !pair.paired()).count();
        String how = apart == 0
                ? ", paired by number: the same seed and data"
                : apart == pairs.size()
                        ? ", not paired: they have other seeds or data"
                        : ", not paired in " + Words.count(apart, "pair") + " with other seeds or data";
        return Words.count(pairs.size(), "pair") + " of settings, " + Words.count(most, "replicate") + how + '.';
    }

    /** What is not in any row, counted and named; no line if all has a partner. */
    public List<String> partnerless() {
        List<String> lines = new ArrayList<>();
        alone(lines, baseline, before, comparison.pairing().baselineAlone());
        alone(lines, candidate, after, comparison.pairing().candidateAlone());
        replicates(lines);
        if (!comparison.leftOut().isEmpty()) {
            List<String> parts = new ArrayList<>();
            comparison.leftOut().forEach((what, pairs) -> parts.add(what + " (" + Words.count(pairs, "pair") + ')'));
            lines.add("Not compared: " + String.join("; ", parts) + '.');
        }
        unmade(lines);
        return lines;
    }

    private static void alone(List<String> lines, String name, Results results, List<Setting> settings) {
        if (!settings.isEmpty()) {
            Labels labels = new Labels(results.sweep());
            lines.add("Without a partner: " + Words.count(settings.size(), "setting") + " of " + name + " ("
                    + some(settings.stream().map(labels::of).toList()) + ").");
        }
    }

    private static String some(List<String> names) {
        return names.size() <= FEW
                ? String.join("; ", names)
                : String.join("; ", names.subList(0, FEW - 1)) + "; … " + (names.size() - FEW + 1) + " more";
    }

    private void replicates(List<String> lines) {
        Map<String, List<String>> sides = new LinkedHashMap<>();
        for (SettingPair pair : comparison.pairing().pairs()) {
            if (pair.paired()) {
                alone(sides, baseline, label(pair), pair.baselineAlone());
                alone(sides, candidate, label(pair), pair.candidateAlone());
            }
        }
        sides.forEach((side, parts) -> lines.add("Replicates of " + side + " alone: " + some(parts) + '.'));
    }

    private static void alone(Map<String, List<String>> sides, String side, String label, List<Integer> numbers) {
        if (!numbers.isEmpty()) {
            sides.computeIfAbsent(side, key -> new ArrayList<>())
                    .add(some(numbers.stream().map(String::valueOf).toList()) + " of " + label);
        }
    }

    private void unmade(List<String> lines) {
        unmade(lines, ofOneSweep() ? before.sweep().name() : baseline, before);
        if (!ofOneSweep()) {
            unmade(lines, candidate, after);
        }
    }

    private static void unmade(List<String> lines, String name, Results results) {
        Labels labels = new Labels(results.sweep());
        List<String> unmade = results.settings().stream()
                .filter(runs -> runs.results().isEmpty())
                .map(runs -> labels.of(runs.setting()))
                .toList();
        if (!unmade.isEmpty()) {
            lines.add("Without a result in " + name + ": " + Words.count(unmade.size(), "setting") + " (" + some(unmade)
                    + ").");
        }
    }

    /** One sentence. */
    public String answer() {
        return ComparisonAnswer.of(this);
    }

    /** Heading, table and answer for a terminal; lines without an end after the last. */
    public String text(int width) {
        List<String> lines = new ArrayList<>();
        heading().forEach(line -> lines.addAll(Words.wrap(line, width)));
        lines.add("");
        lines.addAll(ComparisonTable.lines(this, width));
        lines.add("");
        lines.addAll(Words.wrap(answer(), width));
        return String.join("\n", lines);
    }

    /** The text of {@code compare.csv}. */
    public String csv() {
        return CsvText.of(
                Table.COMPARE,
                before.sweep(),
                comparison.rows().stream()
                        .map(row -> ComparisonRows.of(row, after.sweep().name(), labelsAfter)));
    }

    /** A row as a sentence without an end, as in a list of regressions. */
    public String sentence(Compared row) {
        return label(row.pair()) + ": " + row.quantity().label()
                + (row.quantity().at().isPresent()
                        ? " at step " + row.quantity().at().getAsLong()
                        : "")
                + ' ' + row.verdict().key() + effect(row);
    }

    /** As in {@code by 0.1, 95 % interval 0.05 to 0.15}; empty where there is no figure. */
    static String effect(Compared row) {
        return size(row)
                + row.contrast()
                        .interval()
                        .filter(interval -> row.contrast().pValue().isPresent())
                        .map(interval -> ", 95 % interval " + Digits.interval(interval, Digits.FEW))
                        .orElse("");
    }

    /** As in {@code by 0.1}. */
    static String size(Compared row) {
        return row.contrast().difference().isPresent()
                ? " by " + Digits.of(Math.abs(row.contrast().difference().getAsDouble()), Digits.FEW)
                : "";
    }
}
