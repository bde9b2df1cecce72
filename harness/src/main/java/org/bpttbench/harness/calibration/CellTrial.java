package org.bpttbench.harness.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.harness.stats.BiasRow;

/**
 * Draws and judges the rows of one cell.
 *
 * <p>A margin that is easily met, or never, would say nothing of verdicts. So it is what three rows of four without bias
 * would pass, found from rows apart ({@link CalibrationPlan#pilot}): with it an unbiased estimator is called equivalent
 * about three times out of four, whatever the number of parameters and the tail.
 */
final class CellTrial {
    private final CalibrationPlan plan;
    private final CalibrationCell cell;
    private final DrivenLine line;
    private final UnaryOperator<BiasMeasurement> seen;

    CellTrial(CalibrationPlan plan, CalibrationCell cell, DrivenLine line) {
        this(plan, cell, line, UnaryOperator.identity());
    }

    /** @param seen what the judge is shown of a measurement */
    CellTrial(CalibrationPlan plan, CalibrationCell cell, DrivenLine line, UnaryOperator<BiasMeasurement> seen) {
        this.plan = plan;
        this.cell = cell;
        this.line = line;
        this.seen = seen;
    }

    CellResult run() {
        SyntheticDraws draws = new SyntheticDraws(line, cell.draws());
        double margin = margin(draws);
        double bias = cell.bias() * margin;
        CellResult.Tally tally = new CellResult.Tally(margin, bias);
        Seeds seeds = cell.repetitions(plan.seeds());
        for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
            tally.add(row(draws, bias, seeds.at(repetition)));
        }
        return tally.result();
    }

    private double margin(SyntheticDraws draws) {
        Seeds seeds = cell.pilot(plan.seeds());
        double[] margins = new double[plan.pilot()];
        for (int i = 0; i < margins.length; i++) {
            margins[i] = BiasRow.judge(List.of(row(draws, 0, seeds.at(i))), new double[] {1}, new int[] {1})
                    .get(0)
                    .sampled()
                    .orElseThrow()
                    .smallestMargin();
        }
        Arrays.sort(margins);
        return margins[3 * (margins.length + 1) / 4 - 1];
    }

    private BiasRow row(SyntheticDraws draws, double bias, Seeds seeds) {
        BiasMeasurement measured = seen.apply(draws.measure(bias, seeds.at("draws")));
        return BiasRow.of(List.of(measured), seeds.at("statistics"), plan.resamples());
    }
}
