package org.bpttbench.harness.calibration;

import java.util.List;
import java.util.Map;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.harness.stats.BiasInference;
import org.bpttbench.harness.stats.BiasRow;

/**
 * Tells the code that draws and judges from later versions of it, by what it makes of one row with few parameters and one
 * with many.
 */
final class JudgingMark {
    /** Of this code: cells that other code finished are not its own. */
    static final String VALUE = Json.digest(List.of(figures(20), figures(500)), 16);

    private JudgingMark() {}

    private static Map<String, Object> figures(int parameters) {
        Seeds seeds = Seeds.of(0).at("mark");
        DrivenLine line = DrivenLine.of(new LineSubject(Tail.EDGE, parameters), seeds.at("inputs"));
        BiasRow row = BiasRow.of(List.of(new SyntheticDraws(line, 400).measure(0.1, seeds.at("draws"))));
        BiasInference inference = row.inference().orElseThrow();
        BiasRow.Judged judged =
                BiasRow.judge(List.of(row), new double[] {1}, new int[] {1}).get(0);
        return Map.of(
                "p", inference.pValue(),
                "low", inference.relativeBias().low(),
                "high", inference.relativeBias().high(),
                "verdict",
                        judged.judgement().verdict().name() + judged.judgement().reason(),
                "unseen", row.unseenVariance().orElseThrow());
    }
}
