package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.experiments.run.Journal;

/**
 * A candidate against a baseline, pair of settings by pair of settings: a pure function of what the journals have.
 *
 * @param rows pair by pair, quantity by quantity
 * @param leftOut what only one setting of a pair has, with the number of pairs
 */
public record Comparison(Pairing pairing, List<Compared> rows, Map<String, Long> leftOut) {

    /** @param baseline metrics of all settings of the baseline */
    public static Comparison of(
            Pairing pairing,
            List<AccuracyResult> baseline,
            List<AccuracyResult> candidate,
            Journal before,
            Journal after) {
        List<Compared> drafts = new ArrayList<>();
        Map<String, Long> leftOut = new LinkedHashMap<>();
        // Pairs draw their chance from seeds of their own, so it is the same in any order.
        List<PairContrasts> all = pairing.pairs().parallelStream()
                .map(pair -> PairContrasts.of(
                        pair, own(baseline, pair.baseline()), own(candidate, pair.candidate()), before, after))
                .toList();
        all.forEach(contrasts -> {
            drafts.addAll(contrasts.rows());
            contrasts.leftOut().forEach(words -> leftOut.merge(words, 1L, Long::sum));
        });
        return new Comparison(pairing, Compared.judged(drafts), leftOut);
    }

    private static List<AccuracyResult> own(List<AccuracyResult> results, SettingRuns runs) {
        return results.stream()
                .filter(result -> result.setting().equals(runs.setting()))
                .toList();
    }

    /** The rows with a verdict. */
    public List<Compared> with(Compared.Word verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).toList();
    }
}
