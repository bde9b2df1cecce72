package org.bpttbench.harness.report;

import java.util.Map;
import java.util.Optional;
import org.bpttbench.experiments.measure.OtherBias;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.OtherResult;

/** Rows of {@code bias_other.csv}. */
final class OtherRows {
    /** Those with columns for an interval and a projection. */
    private static final Map<OtherBias.Kind, String> NAMES = Map.of(
            OtherBias.Kind.CLIPPING, "clipping",
            OtherBias.Kind.OPTIMIZER, "optimizer",
            OtherBias.Kind.STALENESS, "staleness");

    private OtherRows() {}

    static Row of(OtherResult result) {
        BiasResult bias = result.of();
        Row row = new Row(bias.setting())
                .put("at", bias.at())
                .put("replicates", result.replicates())
                .put("sequences", bias.spec().sequences())
                .put("clipped_share", result.clippedShare())
                .put("data_variance", result.dataVariance());
        if (!bias.exact()) {
            row.put("draws", bias.fewestDraws());
        }
        NAMES.forEach((kind, name) ->
                Optional.ofNullable(result.figures().get(kind)).ifPresent(figure -> figure(name, figure, row)));
        Optional.ofNullable(result.figures().get(OtherBias.Kind.FROZEN))
                .ifPresent(figure -> row.put("frozen_bias", figure.estimate().relativeBias()));
        bias.estimate().ifPresent(estimate -> row.put("truncation_variance", estimate.relativeVariance()));
        return row;
    }

    private static void figure(String name, OtherResult.Figure figure, Row row) {
        row.put(name + "_bias", figure.estimate().relativeBias())
                .put(name + "_projection", figure.estimate().projection());
        figure.interval()
                .ifPresent(interval ->
                        row.put(name + "_bias_low", interval.low()).put(name + "_bias_high", interval.high()));
    }
}
