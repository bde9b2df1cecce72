package org.bpttbench.experiments.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.bpttbench.core.param.ParamBlock;

/**
 * Folds draws into batch means of their errors, as they come, and into the moments of their projections. Batches have equal
 * size; a draw goes to batch {@code draw / size}.
 */
final class Fold {
    private static final int QUANTILES = 201;

    private final List<ParamBlock> layout;
    private final double[] reference;
    private final double referenceSquared;
    private final int batchSize;
    private final double[][] means;
    private final double[][] squares;
    private final Moments projections = new Moments();
    private double[] drawn = {};

    /** @param reference what draws are compared with, {@code [P]}; not modified */
    Fold(List<ParamBlock> layout, double[] reference, int batches, int batchSize) {
        this.layout = layout;
        this.reference = reference;
        this.referenceSquared = BlockMoments.dot(reference, reference, 0, reference.length);
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
            double square = 0;
            for (int i = layout.get(b).offset(); i < end; i++) {
                double error = estimates[offset + i] - reference[i];
                mean[i] += error / batchSize;
                square = Math.fma(error, error, square);
                inner = Math.fma(error, reference[i], inner);
            }
            squares[b][draw / batchSize] += square / batchSize;
        }
        if (referenceSquared > 0) {
            project(1.0 + inner / referenceSquared);
        }
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

    List<BlockMoments> blocks() {
        List<BlockMoments> blocks = new ArrayList<>();
        for (int b = 0; b < layout.size(); b++) {
            blocks.add(BlockMoments.of(layout.get(b), reference, means, squares[b], OptionalDouble.empty()));
        }
        return blocks;
    }

    /** @param variances by block: computed */
    List<BlockMoments> blocks(double[] variances) {
        List<BlockMoments> blocks = new ArrayList<>();
        for (int b = 0; b < layout.size(); b++) {
            blocks.add(BlockMoments.of(layout.get(b), reference, means, squares[b], OptionalDouble.of(variances[b])));
        }
        return blocks;
    }
}
