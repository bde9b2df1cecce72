package org.bpttbench.harness.calibration;

import java.util.List;
import java.util.Map;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.BiasRow;

/**
 * Tells the code that draws and judges from later versions of it, by what it makes of one row with few parameters and one
 * with many.
 */
final class JudgingMark {
    /** Of this code: cells that other code finished are not its own. */
    static final String VALUE = Json.digest(List.of(figures(20), figures(500)), 16);

    private static final int RESAMPLES = 99;

    private JudgingMark() {}

    private static Map<String, Object> figures(int parameters) {
        Seeds seeds = Seeds.of(0).at("mark");
        DrivenLine line = DrivenLine.of(Tail.EDGE, parameters, seeds.at("inputs"));
        BiasRow row = BiasRow.of(
                List.of(new SyntheticDraws(line, 400).measure(0.1, seeds.at("draws"))),
                seeds.at("statistics"),
                RESAMPLES);
        BiasResult.Sampled sampled = BiasRow.judge(List.of(row), new double[] {1}, new int[] {1})
                .get(0)
                .sampled()
                .orElseThrow();
        return Map.of(
                "p", sampled.pHolm(),
                "margin", sampled.smallestMargin(),
                "bias_low", sampled.inference().relativeBias().low(),
                "projection_low", sampled.inference().projection().low(),
                "projection_high", sampled.inference().projection().high(),
                "unseen", row.unseenVariance().orElseThrow());
    }
}
