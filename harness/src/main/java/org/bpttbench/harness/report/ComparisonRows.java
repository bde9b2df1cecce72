package org.bpttbench.harness.report;

import org.bpttbench.harness.stats.Compared;
import org.bpttbench.harness.stats.Contrast;
import org.bpttbench.harness.stats.Quantity;

/** Rows of {@code compare.csv}. */
final class ComparisonRows {
    private ComparisonRows() {}

    /**
     * @param sweep name of the candidate's
     * @param labels of the candidate's sweep
     */
    static Row of(Compared compared, String sweep, Labels labels) {
        Quantity quantity = compared.quantity();
        Contrast contrast = compared.contrast();
        Row row = new Row(compared.pair().baseline().setting())
                .put("candidate_sweep", sweep)
                .put("candidate", compared.pair().candidate().setting().id())
                .put(
                        "candidate_estimator",
                        labels.estimator(compared.pair().candidate().setting()))
                .put("quantity", quantity.kind().key())
                .put("metric", quantity.detail())
                .put("unit", quantity.unit())
                .put("replicates", contrast.replicates())
                .put("baseline_value", contrast.baseline())
                .put("candidate_value", contrast.candidate())
                .put("ratio", contrast.ratio())
                .put("difference", contrast.difference())
                .put("p_value", contrast.pValue())
                .put("p_holm", compared.pHolm())
                .put("verdict", compared.verdict().key())
                .put("reason", compared.reason())
                .put("note", String.join(" ", contrast.notes()));
        quantity.at().ifPresent(at -> row.put("at", at));
        contrast.interval()
                .ifPresent(
                        interval -> row.put("difference_low", interval.low()).put("difference_high", interval.high()));
        return row;
    }
}
