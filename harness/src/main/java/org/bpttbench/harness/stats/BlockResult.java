package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BlockMoments;

/**
 * The bias of one parameter block at one checkpoint of a setting, relative to the gradient of that block. The readout's blocks
 * are among them.
 *
 * @param of the row that it is a part of
 * @param name of the block
 * @param parameters P of the block
 * @param gradientShare ‖g_block‖²/‖g‖² with g the gradient of all parameters, mean over the replicates that have one
 * @param estimate empty where no replicate has a gradient in the block, and finite figures
 * @param settled whether the figures are their own limits: there is no chance in them
 * @param inference empty if settled, if there is no estimate, or where the tail guard on the block's own events fires
 */
public record BlockResult(
        BiasResult of,
        String name,
        int parameters,
        double gradientShare,
        Optional<BiasEstimate> estimate,
        boolean settled,
        Optional<BiasInference> inference) {
    /** Below this share of the whole gradient's norm that of a block is rounding error. */
    private static final double ZERO = 1e-12;

    /** In the order of θ; none of a row without figures. */
    public static List<BlockResult> of(BiasResult result) {
        List<BiasMeasurement> measured =
                result.measured().stream().filter(BiasMeasurement::hasFigures).toList();
        List<BlockResult> blocks = new ArrayList<>();
        int count = result.estimate().isEmpty() ? 0 : measured.get(0).blocks().size();
        for (int b = 0; b < count; b++) {
            blocks.add(of(result, measured, b));
        }
        return blocks;
    }

    private static BlockResult of(BiasResult result, List<BiasMeasurement> all, int index) {
        List<BiasMeasurement> measured = new ArrayList<>();
        List<Stratum> strata = new ArrayList<>();
        boolean settled = true;
        for (BiasMeasurement each : all) {
            BlockMoments own = each.blocks().get(index);
            if (share(each, index) > ZERO * ZERO) {
                Stratum stratum = Stratum.of(each, own);
                if (stratum.isFinite()) {
                    measured.add(each);
                    strata.add(stratum);
                    settled &= stratum.settled(own.events());
                }
            }
        }
        BlockMoments block = all.get(0).blocks().get(index);
        Optional<BiasEstimate> estimate = BiasEstimate.ofStrata(strata);
        boolean judged = !result.exact()
                && !TailGuard.of(measured, each -> each.blocks().get(index).events())
                        .fires();
        return new BlockResult(
                result,
                block.name(),
                block.parameters(),
                all.stream().mapToDouble(each -> share(each, index)).average().orElse(0.0),
                estimate,
                settled && estimate.isPresent(),
                judged ? estimate.flatMap(figures -> BiasInference.of(strata, figures)) : Optional.empty());
    }

    private static double share(BiasMeasurement measured, int index) {
        double all = measured.blocks().stream()
                .mapToDouble(BlockMoments::gradientSquared)
                .sum();
        return measured.blocks().get(index).gradientSquared() / all;
    }
}
