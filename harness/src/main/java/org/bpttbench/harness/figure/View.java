package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.figure.Figure.Mark;
import org.bpttbench.harness.figure.Figure.Series;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.ShownBias;
import org.bpttbench.harness.stats.BiasEstimate;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.SegmentLength;

/** Results and the words for them, as figures are made from. */
record View(Results results, Names names) {
    /** What the bars of a bias or a projection mean. */
    static final String INTERVALS =
            "Bars: 95 % intervals of what was drawn. Without one: exact where the mark is full, drawn"
                    + " without an interval that holds where it is hollow.";

    static View of(Results results) {
        return new View(results, new Names(results.sweep()));
    }

    /** Those with an estimate, by what their panel is called: all but the estimator, and the checkpoint. */
    Map<String, List<BiasResult>> biasPanels() {
        boolean checkpoints =
                results.bias().stream().mapToLong(BiasResult::at).distinct().count() > 1;
        return grouped(
                results.bias().stream()
                        .filter(result -> result.estimate().isPresent())
                        .toList(),
                result -> joined(names.rest(result.setting()), checkpoints ? step(result.at()) : ""));
    }

    private static String joined(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + "; " + other;
    }

    static String step(long at) {
        return at == 0 ? "before training" : "after " + Ticks.text((double) at) + " steps";
    }

    static <T> Map<String, List<T>> grouped(List<T> items, Function<T, String> group) {
        Map<String, List<T>> groups = new LinkedHashMap<>();
        items.forEach(item -> groups.computeIfAbsent(group.apply(item), key -> new ArrayList<>())
                .add(item));
        return groups;
    }

    /** Marks by family, each family a series. */
    <T> List<Series> byFamily(List<T> items, Function<T, Setting> setting, Function<T, Mark> mark) {
        List<Series> series = new ArrayList<>();
        grouped(items, item -> names.family(setting.apply(item)))
                .forEach((family, members) -> series.add(new Series(
                        family,
                        names.look(setting.apply(members.get(0))),
                        members.stream().map(mark).toList())));
        return series;
    }

    /** Whether settings that differ in nothing else differ in the length of their segments. */
    boolean variesLength() {
        return results.sweep().settings().stream()
                        .map(SegmentLength::of)
                        .filter(length -> length.isPresent())
                        .distinct()
                        .count()
                > 1;
    }

    /** Of the relative bias; without chance the value needs no interval. */
    static Optional<Interval> range(BiasResult result) {
        return result.sampled().map(sampled -> sampled.inference().relativeBias());
    }

    /** What is drawn of it: see {@link ShownBias}. */
    static double bias(BiasResult result) {
        return ShownBias.point(result).orElseThrow();
    }

    /** Whether it was drawn and has no interval: then its point is hollow, as a full one without a bar is exact. */
    static boolean isHollow(BiasResult result) {
        return !result.settled() && result.sampled().isEmpty();
    }

    static BiasEstimate estimate(BiasResult result) {
        return result.estimate().orElseThrow();
    }

    /** What a reader must know before trusting a bias. */
    static String verdict(BiasResult result) {
        String reason = result.judgement().reason();
        return result.judgement().verdict().key() + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
