package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.run.TimingRecord;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.task.Metric;
import org.bpttbench.harness.stats.Quantity.Better;
import org.bpttbench.harness.stats.Quantity.Kind;

/**
 * All that can be compared of two settings, in a fixed order: bias, variance and squared error by checkpoint, metrics at the
 * end, steps to their targets, time.
 */
final class PairContrasts {
    private static final String SQUARED = "of ‖g‖²";

    private final SettingPair pair;
    private final List<Compared> rows = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private PairContrasts(SettingPair pair) {
        this.pair = pair;
    }

    /**
     * @param baseline metrics of the baseline's setting
     * @param candidate metrics of the candidate's
     * @param before times of the baseline's folder
     * @param after times of the candidate's
     */
    static PairContrasts of(
            SettingPair pair,
            List<AccuracyResult> baseline,
            List<AccuracyResult> candidate,
            Journal before,
            Journal after) {
        PairContrasts contrasts = new PairContrasts(pair);
        contrasts.bias();
        contrasts.metrics(baseline, candidate);
        contrasts.trainingTime();
        contrasts.benchmark(before.timings(), after.timings());
        return contrasts;
    }

    List<Compared> rows() {
        return rows;
    }

    /** What only one side has, in words. */
    List<String> leftOut() {
        return leftOut;
    }

    private void add(Kind kind, String detail, OptionalLong at, String unit, Better better, Contrast contrast) {
        rows.add(Compared.draft(pair, new Quantity(kind, detail, at, unit, better), contrast));
    }

    private void bias() {
        List<Long> before = checkpoints(pair.baseline());
        List<Long> after = checkpoints(pair.candidate());
        before.stream()
                .filter(at -> !after.contains(at))
                .forEach(at -> leftOut.add("the baseline's bias at step " + at));
        after.stream()
                .filter(at -> !before.contains(at))
                .forEach(at -> leftOut.add("the candidate's bias at step " + at));
        before.stream().filter(after::contains).forEach(this::bias);
        rows.sort(Comparator.comparing(row -> row.quantity().kind()));
    }

    private static List<Long> checkpoints(SettingRuns runs) {
        return runs.results().isEmpty()
                ? List.of()
                : runs.setting().bias().map(BiasSpec::at).orElse(List.of());
    }

    private void bias(long at) {
        List<BiasMeasurement> first = new ArrayList<>();
        List<BiasMeasurement> second = new ArrayList<>();
        for (RunRecord own : pair.candidate().results()) {
            pair.baseline().results().stream()
                    .filter(record -> record.replicate() == own.replicate())
                    .findFirst()
                    .ifPresent(other -> BiasPairResult.at(own, at)
                            .ifPresent(mine -> BiasPairResult.at(other, at).ifPresent(theirs -> {
                                first.add(mine);
                                second.add(theirs);
                            })));
        }
        boolean sameGradient = !first.isEmpty();
        for (int i = 0; i < first.size(); i++) {
            sameGradient &= BiasPair.sameGradient(first.get(i), second.get(i));
        }
        if (sameGradient && byDraws(at, first, second)) {
            return;
        }
        overReplicates(at, Kind.BIAS, Stratum::squaredBias);
        overReplicates(at, Kind.VARIANCE, Stratum::variance);
        overReplicates(at, Kind.MSE, BiasPair::squaredError);
    }

    /** @return whether draws, or figures without chance, could be compared */
    private boolean byDraws(long at, List<BiasMeasurement> candidate, List<BiasMeasurement> baseline) {
        Seeds seeds = BiasResult.seeds(pair.candidate().setting(), at)
                .at(pair.baseline().setting().id());
        BiasPair drawn = BiasPair.of(candidate, baseline, seeds);
        if (drawn.first().isEmpty() || drawn.second().isEmpty() || drawn.note().startsWith(BiasPair.OVER_REPLICATES)) {
            return false;
        }
        BiasEstimate before = drawn.second().get();
        BiasEstimate after = drawn.first().get();
        boolean exact = drawn.note().equals(Contrast.EXACT);
        add(at, Kind.BIAS, contrast(drawn, drawn.bias(), before.squaredBias(), after.squaredBias(), exact));
        add(
                at,
                Kind.VARIANCE,
                contrast(drawn, drawn.variance(), before.relativeVariance(), after.relativeVariance(), exact));
        add(at, Kind.MSE, contrast(drawn, drawn.mse(), before.relativeMse(), after.relativeMse(), exact));
        return true;
    }

    private static Contrast contrast(
            BiasPair drawn, BiasPair.Figure figure, double baseline, double candidate, boolean exact) {
        return Contrast.of(drawn.replicates(), baseline, candidate, figure, exact, drawn.note());
    }

    private void add(long at, Kind kind, Contrast contrast) {
        add(kind, "", OptionalLong.of(at), SQUARED, Better.LOWER, contrast);
    }

    private void overReplicates(long at, Kind kind, ToDoubleFunction<Stratum> figure) {
        Contrast contrast = contrast(
                record -> BiasPairResult.at(record, at)
                        .filter(BiasMeasurement::hasFigures)
                        .map(Stratum::of)
                        .filter(Stratum::isFinite)
                        .map(figure::applyAsDouble),
                "");
        add(at, kind, contrast.replicates() == 0 ? contrast : contrast.noted(BiasPair.OVER_REPLICATES));
    }

    private Contrast contrast(Function<RunRecord, Optional<Double>> figure, String worst) {
        return pair.paired()
                ? Contrast.paired(Difference.couples(pair.baseline(), pair.candidate(), figure), worst)
                : Contrast.unpaired(values(pair.baseline(), figure), values(pair.candidate(), figure), worst);
    }

    private static double[] values(SettingRuns runs, Function<RunRecord, Optional<Double>> figure) {
        return runs.results().stream()
                .flatMap(record -> figure.apply(record).stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private void metrics(List<AccuracyResult> baseline, List<AccuracyResult> candidate) {
        for (AccuracyResult own : baseline) {
            Optional<AccuracyResult> other = find(candidate, own.metric());
            if (other.isEmpty()) {
                leftOut.add("the baseline's " + own.metric());
            } else {
                metric(own, other.get());
            }
        }
        candidate.stream()
                .filter(own -> find(baseline, own.metric()).isEmpty())
                .forEach(own -> leftOut.add("the candidate's " + own.metric()));
    }

    private static Optional<AccuracyResult> find(List<AccuracyResult> results, String metric) {
        return results.stream().filter(each -> each.metric().equals(metric)).findFirst();
    }

    private void metric(AccuracyResult baseline, AccuracyResult candidate) {
        String metric = baseline.metric();
        boolean lower = baseline.declared().lowerIsBetter();
        Contrast end = contrast(record -> Difference.ranked(record, metric, lower), "diverged");
        if (end.replicates() == 0) {
            leftOut.add(metric + ", which no replicate has on both sides");
            return;
        }
        add(
                Kind.METRIC,
                metric,
                OptionalLong.empty(),
                baseline.declared().unit(),
                better(baseline.declared()),
                pair.repeats() ? end.exact() : end);
        OptionalDouble before = target(baseline);
        OptionalDouble after = target(candidate);
        if (before.isPresent() && before.equals(after)) {
            toTarget(metric, before.getAsDouble(), lower);
        } else if (before.isPresent() || after.isPresent()) {
            leftOut.add("steps to " + metric + ", whose targets differ");
        }
    }

    private static Better better(Metric metric) {
        return !metric.ranks() ? Better.NEITHER : metric.lowerIsBetter() ? Better.LOWER : Better.HIGHER;
    }

    private static OptionalDouble target(AccuracyResult result) {
        return result.toTarget().stream().mapToDouble(StepsToTarget::target).findFirst();
    }

    private void toTarget(String metric, double target, boolean lower) {
        Contrast steps = contrast(
                record -> Optional.of(
                        StepsToTarget.reached(record, metric, target, lower).orElse(Double.POSITIVE_INFINITY)),
                "censored");
        add(
                Kind.STEPS_TO_TARGET,
                metric,
                OptionalLong.empty(),
                "steps",
                Better.LOWER,
                pair.repeats() ? steps.exact() : steps);
    }

    private void trainingTime() {
        Contrast time = contrast(PairContrasts::nanosPerStep, "");
        if (time.replicates() > 0) {
            add(Kind.TIME, "sweep", OptionalLong.empty(), "ns", Better.LOWER, time);
        }
    }

    private static Optional<Double> nanosPerStep(RunRecord record) {
        return record.outcome() == Outcome.DONE && record.training().steps() > 0
                ? Optional.of(
                        (double) record.training().nanos() / record.training().steps())
                : Optional.empty();
    }

    /** Forks have nothing in common but the machine. */
    private void benchmark(Map<String, TimingRecord> before, Map<String, TimingRecord> after) {
        TimingRecord first = before.get(pair.baseline().setting().id());
        TimingRecord second = after.get(pair.candidate().setting().id());
        if (first != null && second != null) {
            Contrast forks = Contrast.unpaired(numbers(first), numbers(second), "");
            add(Kind.TIME, "jmh", OptionalLong.empty(), "ns", Better.LOWER, forks);
        }
    }

    private static double[] numbers(TimingRecord timing) {
        return timing.nanos().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
