package org.bpttbench.harness.calibration;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.harness.stats.BiasRow;

/**
 * Draws and judges the rows of one cell.
 *
 * <p>A margin that is easily met, or never, would say nothing of verdicts. So it is what the upper limits of three rows of four
 * without bias stay below, found from rows apart ({@link CalibrationPlan#pilot}): with it an unbiased estimator is called
 * equivalent about three times out of four, whatever the number of parameters and the tail. The margin of a subject with a bias of
 * its own is that bias. Where a row is looked at more than once the margin is 0: no look is lost to equivalence.
 */
final class CellTrial {
    private final CalibrationPlan plan;
    private final CalibrationCell cell;
    private final Subject.Prepared subject;
    private final UnaryOperator<BiasMeasurement> seen;

    CellTrial(CalibrationPlan plan, CalibrationCell cell, Subject.Prepared subject) {
        this(plan, cell, subject, UnaryOperator.identity());
    }

    /** @param seen what the judge is shown of a measurement */
    CellTrial(
            CalibrationPlan plan, CalibrationCell cell, Subject.Prepared subject, UnaryOperator<BiasMeasurement> seen) {
        this.plan = plan;
        this.cell = cell;
        this.subject = subject;
        this.seen = seen;
    }

    CellResult run() {
        List<RowSource> looks = IntStream.rangeClosed(1, cell.looks())
                .mapToObj(look -> subject.open(cell.drawsAt(look)))
                .toList();
        double own = subject.ownBias().orElse(0.0);
        double margin = margin(looks.get(looks.size() - 1), own);
        double added = subject.ownBias().isPresent() ? 0 : cell.bias() * margin;
        CellResult.Tally tally = new CellResult.Tally(margin, own + added);
        Seeds seeds = cell.repetitions(plan.seeds());
        for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
            Seeds chance = seeds.at(repetition);
            // The same chance at each look: its first draws are those of the look before.
            tally.add(looks.stream().map(rows -> row(rows, added, chance)).toList());
        }
        return tally.result();
    }

    private double margin(RowSource rows, double own) {
        if (cell.looks() > 1 || own > 0) {
            return cell.looks() > 1 ? 0 : own;
        }
        Seeds seeds = cell.pilot(plan.seeds());
        double[] limits = IntStream.range(0, plan.pilot())
                .mapToObj(i -> row(rows, 0, seeds.at(i)))
                .flatMapToDouble(row -> row.inference().stream()
                        .flatMapToDouble(
                                own95 -> DoubleStream.of(own95.relativeBias().high())))
                .sorted()
                .toArray();
        return limits.length == 0 ? 0 : limits[3 * (limits.length + 1) / 4 - 1];
    }

    private BiasRow row(RowSource rows, double bias, Seeds chance) {
        return BiasRow.of(List.of(seen.apply(rows.measure(bias, chance))));
    }
}
