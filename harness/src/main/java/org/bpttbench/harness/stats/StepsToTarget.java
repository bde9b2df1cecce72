package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.bpttbench.experiments.run.CurvePoint;
import org.bpttbench.experiments.run.RunRecord;

/**
 * How soon a setting's runs came to a target. A run that never did is censored: it would have taken longer than it had.
 *
 * @param target that is meant
 * @param median of the first checkpoints at which it was reached; empty where it falls on a censored run
 * @param censored runs that did not reach it; one that diverged later did
 */
public record StepsToTarget(double target, OptionalDouble median, int censored) {

    static StepsToTarget of(List<RunRecord> runs, String metric, double target, boolean lowerIsBetter) {
        List<Double> reached = new ArrayList<>();
        for (RunRecord run : runs) {
            reached(run, metric, target, lowerIsBetter).ifPresent(reached::add);
        }
        int censored = runs.size() - reached.size();
        return new StepsToTarget(target, FinalValues.of(reached, censored, true).median(), censored);
    }

    /** The first checkpoint at which a run had reached a target; empty if it never had. */
    static OptionalDouble reached(RunRecord run, String metric, double target, boolean lowerIsBetter) {
        return run.curves().stream()
                .filter(point -> point.metric().equals(metric))
                .filter(point -> lowerIsBetter ? point.value() <= target : point.value() >= target)
                .mapToDouble(CurvePoint::step)
                .min();
    }
}
