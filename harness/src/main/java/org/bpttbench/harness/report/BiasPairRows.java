package org.bpttbench.harness.report;

import org.bpttbench.harness.stats.BiasPair;
import org.bpttbench.harness.stats.BiasPairResult;

/** Rows of {@code bias_pairs.csv}. */
final class BiasPairRows {
    private final Labels labels;

    BiasPairRows(Labels labels) {
        this.labels = labels;
    }

    Row of(BiasPairResult result) {
        BiasPair pair = result.pair();
        Row row = new Row(result.setting())
                .put("at", result.at())
                .put("other", result.other().id())
                .put("other_estimator", labels.estimator(result.other()))
                .put("replicates", pair.replicates())
                .put("note", pair.note());
        figure("bias_difference", pair.bias(), result.biasHolm(), row);
        figure("variance_difference", pair.variance(), result.varianceHolm(), row);
        figure("mse_difference", pair.mse(), result.mseHolm(), row);
        return row;
    }

    private static void figure(String name, BiasPair.Figure figure, double pHolm, Row row) {
        row.put(name, figure.value()).put(name + "_p", figure.pValue());
        figure.interval()
                .ifPresent(interval -> row.put(name + "_low", interval.low()).put(name + "_high", interval.high()));
        if (!Double.isNaN(pHolm)) {
            row.put(name + "_p_holm", pHolm);
        }
    }
}
