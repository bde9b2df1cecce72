package org.bpttbench.experiments.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.core.param.ParamBlock;

/**
 * Folds draws into batch means of their errors, as they come, and into the moments of their projections. Batches have equal
 * size; a draw goes to batch {@code draw / size}. All squares are those of gradients times a {@link Scale}, so that they are
 * numbers wherever the reference is one.
 */
final class Fold {
    private static final int QUANTILES = 201;

    private final List<ParamBlock> layout;
    private final double[] reference;
    private final int leading;
    private final double scale;
    private final double referenceSquared;
    private final int batchSize;
    private final double[][] means;
    private final double[][] squares;
    private final Moments projections = new Moments();
    private double[] drawn = {};
    private boolean finite = true;

    /**
     * @param reference what draws are compared with, {@code [P]}; not modified
     * @param leading projections are those of so many first parameters
     */
    Fold(List<ParamBlock> layout, double[] reference, int leading, int batches, int batchSize) {
        this.layout = layout;
        this.leading = leading;
        this.scale = Scale.of(reference, leading);
        this.reference = new double[reference.length];
        for (int i = 0; i < reference.length; i++) {
            this.reference[i] = scale * reference[i];
        }
        this.referenceSquared = BlockMoments.dot(this.reference, this.reference, 0, leading);
        this.batchSize = batchSize;
        this.means = new double[batches][reference.length];
        this.squares = new double[layout.size()][batches];
    }

    /** @param estimates holds the draw from {@code offset}, not modified */
    void add(int draw, double[] estimates, int offset) {
        double[] mean = means[draw / batchSize];
        double inner = 0;
        for (int b = 0; b < layout.size(); b++) {
            int end = layout.get(b).offset() + layout.get(b).size();
            boolean leads = end <= leading;
            double square = 0;
            for (int i = layout.get(b).offset(); i < end; i++) {
                double error = scale * estimates[offset + i] - reference[i];
                mean[i] += error / batchSize;
                square = Math.fma(error, error, square);
                inner = leads ? Math.fma(error, reference[i], inner) : inner;
            }
            squares[b][draw / batchSize] += square / batchSize;
            finite &= Double.isFinite(square);
        }
        if (referenceSquared > 0) {
            project(1.0 + inner / referenceSquared);
        }
    }

    /** Whether all draws, and all that is kept of them, are numbers. */
    boolean isFinite() {
        return finite && Double.isFinite(referenceSquared);
    }

    private void project(double projection) {
        int count = Math.toIntExact(projections.count());
        if (count == drawn.length) {
            drawn = Arrays.copyOf(drawn, Math.max(16, 2 * count));
        }
        drawn[count] = projection;
        projections.add(projection);
    }

    Moments projections() {
        return projections;
    }

    /** Of the projections: all of them while they are few. */
    double[] quantiles() {
        int count = Math.toIntExact(projections.count());
        double[] sorted = Arrays.copyOf(drawn, count);
        Arrays.sort(sorted);
        if (count <= QUANTILES) {
            return sorted;
        }
        double[] quantiles = new double[QUANTILES];
        for (int i = 0; i < QUANTILES; i++) {
            quantiles[i] = sorted[(int) Math.round(i * (count - 1.0) / (QUANTILES - 1.0))];
        }
        return quantiles;
    }

    /** Of draws. */
    List<BlockMoments> blocks() {
        return blocks(Optional.empty(), false);
    }

    /** Of draws, with the events that their chance is made of. */
    List<BlockMoments> blocks(Optional<TruncationVariance> variance) {
        return blocks(variance, false);
    }

    /** Of an expectation, with the variance that was computed beside it. */
    List<BlockMoments> computed(TruncationVariance variance) {
        return blocks(Optional.of(variance), true);
    }

    private List<BlockMoments> blocks(Optional<TruncationVariance> variance, boolean computed) {
        List<BlockMoments> blocks = new ArrayList<>();
        for (int b = 0; b < layout.size(); b++) {
            int block = b;
            blocks.add(BlockMoments.of(
                    layout.get(b),
                    reference,
                    means,
                    squares[b],
                    computed ? OptionalDouble.of(variance.orElseThrow().groups()[b]) : OptionalDouble.empty(),
                    variance.map(each -> each.events().get(block))));
        }
        return blocks;
    }
}
