package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.stats.AccuracyResult;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.BiasRow;
import org.bpttbench.harness.stats.Looks;
import org.bpttbench.harness.stats.SettingRuns;
import org.bpttbench.harness.stats.Verdict;

/** One sentence that answers what a sweep asks: which arms are biased and by how much, which diverged, which does best. */
final class Answer {
    private final Sweep sweep;
    private final Labels labels;
    private final Arms arms;
    private final List<String> clauses = new ArrayList<>();

    Answer(Sweep sweep, Labels labels) {
        this.sweep = sweep;
        this.labels = labels;
        this.arms = new Arms(sweep, labels);
    }

    String of(List<SettingRuns> settings, List<BiasResult> bias, List<AccuracyResult> accuracy) {
        bias(bias);
        diverged(settings);
        // Metrics of different tasks are not one scale: each task has a best arm of its own.
        Decisive.byTask(accuracy).forEach(results -> best(results).ifPresent(clauses::add));
        missing(settings);
        String sentence = String.join("; ", clauses);
        return "In short: " + (sentence.isEmpty() ? "nothing was measured" : sentence) + '.';
    }

    private void bias(List<BiasResult> results) {
        Map<Setting, List<BiasResult>> left = new LinkedHashMap<>();
        results.forEach(result -> left.computeIfAbsent(result.setting(), setting -> new ArrayList<>())
                .add(result));
        Map<Setting, Arms.Figures> biased = take(left, some(is(Verdict.BIASED)));
        if (!biased.isEmpty()) {
            clauses.add(arms.withFigures(biased, "relative bias") + be(biased.size()) + "biased");
        }
        Map<Setting, List<BiasResult>> equivalent = new LinkedHashMap<>(left);
        Map<Setting, Arms.Figures> within = take(left, all -> all.stream().allMatch(is(Verdict.EQUIVALENT)));
        equivalent.keySet().retainAll(within.keySet());
        if (!within.isEmpty()) {
            clauses.add(arms.names(List.copyOf(within.keySet())) + be(within.size())
                    + "equivalent to the exact gradient" + bound(equivalent));
        }
        undecided(left, "tail", "met too few of the events that the variance comes from to be judged");
        draws(left);
        undecided(left, "zero-gradient", "met a gradient of zero");
        undecided(left, "overflow", "met a gradient beyond the range of numbers");
        undecided(left, "diverged", "diverged before bias could be measured");
    }

    /** How far from it they may be: said where draws had to show it. */
    private static String bound(Map<Setting, List<BiasResult>> equivalent) {
        return equivalent.values().stream()
                .flatMap(List::stream)
                .flatMap(result -> result.sampled().stream())
                .mapToDouble(BiasRow.Sampled::smallestMargin)
                .max()
                .stream()
                .mapToObj(most -> " (within " + Digits.of(most, Digits.FEW) + " of its length)")
                .findFirst()
                .orElse("");
    }

    private void draws(Map<Setting, List<BiasResult>> left) {
        Map<Setting, List<BiasResult>> open = new LinkedHashMap<>(left);
        Map<Setting, Arms.Figures> taken = take(left, some(for_("draws")));
        open.keySet().retainAll(taken.keySet());
        double most = open.values().stream()
                .flatMap(List::stream)
                .filter(for_("draws"))
                .flatMap(result -> result.sampled().stream())
                .mapToDouble(BiasRow.Sampled::smallestMargin)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
        if (!taken.isEmpty()) {
            clauses.add(arms.names(List.copyOf(taken.keySet())) + be(taken.size()) + "undecided: "
                    + (Double.isInfinite(most)
                            ? "the draws are too few"
                            : "the draws leave a bias of up to " + Digits.of(most, Digits.FEW) + " open"
                                    + nextLook(open.values())));
        }
    }

    /** What more draws cost: making them until there is a verdict finds one where there is nothing. */
    private static String nextLook(Collection<List<BiasResult>> open) {
        OptionalInt latest = open.stream()
                .flatMap(List::stream)
                .filter(for_("draws"))
                .filter(result -> result.sampled().isPresent())
                .mapToInt(BiasResult::look)
                .max();
        if (latest.isEmpty()) {
            return "";
        }
        int next = latest.getAsInt() + 1;
        return " (a " + Words.ordinal(next) + " look, at more draws, is paid for: its p is multiplied by "
                + Math.round(1 / Looks.share(next)) + ')';
    }

    private void undecided(Map<Setting, List<BiasResult>> left, String reason, String what) {
        List<Setting> settings = List.copyOf(take(left, some(for_(reason))).keySet());
        if (!settings.isEmpty()) {
            clauses.add(arms.names(settings) + ' ' + what);
        }
    }

    /** Takes out the settings of which something holds, with the range of those relative biases that were shown. */
    private static Map<Setting, Arms.Figures> take(
            Map<Setting, List<BiasResult>> left, Predicate<List<BiasResult>> wanted) {
        Map<Setting, Arms.Figures> taken = new LinkedHashMap<>();
        left.forEach((setting, results) -> {
            if (wanted.test(results)) {
                taken.put(setting, range(results));
            }
        });
        left.keySet().removeAll(taken.keySet());
        return taken;
    }

    private static Arms.Figures range(List<BiasResult> results) {
        return results.stream()
                .filter(is(Verdict.BIASED))
                .flatMap(result -> ShownBias.point(result).stream()
                        .mapToObj(bias -> new Arms.Figures(bias, bias, ShownBias.interval(result))))
                .reduce(Arms.Figures::with)
                .orElse(new Arms.Figures(0, 0, Optional.empty()));
    }

    private static Predicate<List<BiasResult>> some(Predicate<BiasResult> wanted) {
        return results -> results.stream().anyMatch(wanted);
    }

    private static Predicate<BiasResult> is(Verdict verdict) {
        return result -> result.judgement().verdict() == verdict;
    }

    private static Predicate<BiasResult> for_(String reason) {
        return result -> result.judgement().reason().equals(reason);
    }

    private static String be(int count) {
        return count == 1 ? " is " : " are ";
    }

    private void diverged(List<SettingRuns> settings) {
        List<Setting> some = new ArrayList<>();
        long runs = 0;
        long of = 0;
        for (SettingRuns setting : settings) {
            long diverged = setting.results().stream()
                    .filter(record -> record.outcome() == Outcome.DIVERGED)
                    .count();
            if (diverged > 0) {
                some.add(setting.setting());
                runs += diverged;
                of += setting.results().size();
            }
        }
        if (runs > 0) {
            clauses.add(arms.names(some) + " diverged in " + runs + " of " + Words.count(of, "run"));
        }
    }

    private Optional<String> best(List<AccuracyResult> results) {
        return Decisive.metric(sweep, results)
                .flatMap(metric -> Decisive.best(results, metric)
                        .map(best -> (best.declared().lowerIsBetter() ? "the lowest " : "the highest ")
                                + (best.values().replicates() > 1 ? "median " : "")
                                + metric + " is "
                                + Digits.of(best.values().median(), Digits.METRIC) + ", of "
                                + labels.of(best.setting())));
    }

    private void missing(List<SettingRuns> settings) {
        long all = sweep.runs().size();
        long results = settings.stream()
                .flatMap(runs -> runs.all().stream())
                .filter(record -> record.outcome().isResult())
                .count();
        long ended = settings.stream().mapToLong(runs -> runs.all().size()).sum();
        long broken = ended - results;
        if (results < all) {
            clauses.add((results == 0 ? "none" : Long.toString(results)) + " of " + Words.count(all, "run")
                    + (results > 1 ? " have a result" : " has a result")
                    + (broken == 0 ? "" : ", " + broken + " failed or timed out (runs.csv says why)")
                    + (ended == 0 || ended == all
                            ? ""
                            : ", " + (all - ended)
                                    + " have not ended: the tables are partial and say nothing of differences"));
        }
    }
}
