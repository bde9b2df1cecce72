package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BlockMoments;

/**
 * The bias of one parameter block at one checkpoint of a setting, relative to the gradient of that block.
 *
 * @param of the row that it is a part of
 * @param name of the block
 * @param parameters P of the block
 * @param gradientShare ‖g_block‖²/‖g‖², mean over the replicates that have a gradient
 * @param estimate empty where no replicate has a gradient in the block, and finite figures
 * @param inference empty if exact, or if there is no estimate
 */
public record BlockResult(
        BiasResult of,
        String name,
        int parameters,
        double gradientShare,
        Optional<BiasEstimate> estimate,
        Optional<BiasInference> inference) {
    /** Below this share of the whole gradient's norm that of a block is rounding error. */
    private static final double ZERO = 1e-12;

    /** In the order of θ; none of a row without figures. */
    public static List<BlockResult> of(BiasResult result) {
        List<BiasMeasurement> measured =
                result.measured().stream().filter(each -> !each.zeroGradient()).toList();
        List<BlockResult> blocks = new ArrayList<>();
        int count = result.estimate().isEmpty() ? 0 : measured.get(0).blocks().size();
        for (int b = 0; b < count; b++) {
            blocks.add(of(result, measured, b));
        }
        return blocks;
    }

    private static BlockResult of(BiasResult result, List<BiasMeasurement> measured, int index) {
        List<Stratum> strata = measured.stream()
                .filter(each -> each.blocks().get(index).gradientSquared()
                        > ZERO * ZERO * each.gradientNorm() * each.gradientNorm())
                .map(each -> Stratum.of(each, each.blocks().get(index)))
                .filter(Stratum::isFinite)
                .toList();
        double share = measured.stream()
                .mapToDouble(each ->
                        each.blocks().get(index).gradientSquared() / (each.gradientNorm() * each.gradientNorm()))
                .average()
                .orElse(0.0);
        BlockMoments block = measured.get(0).blocks().get(index);
        Optional<BiasEstimate> estimate = BiasEstimate.ofStrata(strata);
        Optional<BiasInference> inference = result.exact()
                ? Optional.empty()
                : estimate.flatMap(figures -> BiasInference.of(
                        strata,
                        figures,
                        BiasResult.seeds(result.setting(), result.at()).at(index)));
        return new BlockResult(result, block.name(), block.parameters(), share, estimate, inference);
    }
}
