package org.bpttbench.harness.report;

import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.stats.BiasEstimate;
import org.bpttbench.harness.stats.BiasInference;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.BlockResult;

/** Rows of {@code bias.csv} and {@code bias_blocks.csv}. */
final class BiasRows {
    private BiasRows() {}

    static Row of(BiasResult result) {
        Setting setting = result.setting();
        Row row = new Row(setting)
                .put("at", result.at())
                .put("method", result.exact() ? "exact" : "sampled")
                .put(
                        "replicates",
                        result.estimate().map(BiasEstimate::replicates).orElse(0))
                .put("sequences", result.spec().sequences())
                .put(
                        "cuts",
                        setting.estimator().has("cuts") ? setting.estimator().text("cuts") : "")
                .put("margin", result.spec().margin())
                .put("verdict", result.judgement().verdict().key())
                .put("reason", result.judgement().reason());
        if (!result.measured().isEmpty()) {
            costs(result, row);
        }
        result.estimate().ifPresent(estimate -> {
            figures(estimate, result.settled(), row);
            row.put("readout_share", result.readoutShare()).put("data_variance", result.dataVariance());
            if (result.settled()) {
                row.put("smallest_margin", estimate.highest());
            }
        });
        result.sampled().ifPresent(sampled -> {
            limits(sampled.inference(), row);
            row.put("p_holm", sampled.pHolm()).put("smallest_margin", sampled.smallestMargin());
        });
        result.projection()
                .ifPresent(
                        interval -> row.put("projection_low", interval.low()).put("projection_high", interval.high()));
        return row;
    }

    private static void costs(BiasResult result, Row row) {
        if (!result.exact()) {
            row.put("draws", result.fewestDraws()).put("look", result.look());
        }
        row.put("unseen_variance", result.unseenVariance())
                .put("effective_flips", result.effectiveFlips())
                .put("effective_draws", result.effectiveDraws());
        row.put("max_weight", result.largestWeight())
                .put("forward_steps_per_step", result.mean(BiasMeasurement.Walk::forwardSteps))
                .put("backward_steps_per_step", result.mean(BiasMeasurement.Walk::backwardSteps))
                .put("mean_segment", result.mean(BiasMeasurement.Walk::meanSegment))
                .put("peak_tape_steps", (long) result.largest(BiasMeasurement.Walk::tapeSteps))
                .put("peak_tape_bytes", (long) result.largest(BiasMeasurement.Walk::tapeBytes));
    }

    private static void figures(BiasEstimate estimate, boolean settled, Row row) {
        row.put("relative_bias", estimate.relativeBias())
                .put("projection", estimate.projection())
                .put("cosine", estimate.cosine())
                .put("relative_variance", estimate.relativeVariance())
                .put("relative_mse", estimate.relativeMse())
                .put("relative_bias_min", estimate.lowest())
                .put("relative_bias_max", estimate.highest());
        if (settled) {
            row.put("relative_bias_low", estimate.relativeBias())
                    .put("relative_bias_high", estimate.relativeBias())
                    .put("projection_low", estimate.projection())
                    .put("projection_high", estimate.projection());
        }
    }

    private static void limits(BiasInference inference, Row row) {
        row.put("relative_bias_low", inference.relativeBias().low())
                .put("relative_bias_high", inference.relativeBias().high())
                .put("p_value", inference.pValue());
    }

    /** A row of {@code bias_blocks.csv}. */
    static Row of(BlockResult block) {
        Row row = new Row(block.of().setting())
                .put("at", block.of().at())
                .put("method", block.of().exact() ? "exact" : "sampled")
                .put(
                        "replicates",
                        block.estimate().map(BiasEstimate::replicates).orElse(0))
                .put("block", block.name())
                .put("parameters", block.parameters())
                .put("gradient_share", block.gradientShare());
        block.estimate().ifPresent(estimate -> figures(estimate, block.settled(), row));
        block.inference().ifPresent(inference -> limits(inference, row));
        return row;
    }
}
