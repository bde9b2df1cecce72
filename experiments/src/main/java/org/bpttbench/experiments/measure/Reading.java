package org.bpttbench.experiments.measure;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.param.ParamBlock;

/**
 * What is kept of a gradient whose square is wanted: all of it, or a sketch that is shorter and has the same square in
 * expectation. Linear. Immutable.
 */
interface Reading {
    /** D, what is kept. */
    int size();

    /**
     * @param gradient {@code [P]} from {@code offset}, not modified
     * @param into {@code [D]}, overwritten
     */
    void read(double[] gradient, int offset, double[] into);

    /** Number of groups of which the squares are told apart. */
    int groups();

    /** Adds {@code weight}·‖·‖² of each group. */
    void addSquares(double weight, double[] kept, double[] squares);

    /** Whether nothing is left out. */
    boolean whole();

    /**
     * Everything, told apart by parameter block.
     *
     * @param scale what is kept is the gradient times this
     */
    static Reading whole(List<ParamBlock> blocks, double scale) {
        int parameters = blocks.stream().mapToInt(ParamBlock::size).sum();
        return new Reading() {
            @Override
            public int size() {
                return parameters;
            }

            @Override
            public void read(double[] gradient, int offset, double[] into) {
                for (int i = 0; i < parameters; i++) {
                    into[i] = scale * gradient[offset + i];
                }
            }

            @Override
            public int groups() {
                return blocks.size();
            }

            @Override
            public void addSquares(double weight, double[] kept, double[] squares) {
                for (int b = 0; b < blocks.size(); b++) {
                    ParamBlock block = blocks.get(b);
                    squares[b] += weight * BlockMoments.dot(kept, kept, block.offset(), block.size());
                }
            }

            @Override
            public boolean whole() {
                return true;
            }
        };
    }

    /**
     * A count sketch of each parameter block: each parameter is added, with a random sign, to one of the block's sums.
     * E‖sketch‖² = ‖·‖², with a relative standard deviation of at most √(2/sums) for one vector and far less for a sum of
     * many.
     *
     * <p><i>Reference:</i> Charikar, Chen &amp; Farach-Colton 2004; Weinberger et al. 2009.
     *
     * @param sums of a block; one of fewer parameters is kept as it is
     * @param scale what is kept is the sketch times this
     */
    static Reading sketch(List<ParamBlock> blocks, int sums, double scale, UniformRandomProvider random) {
        int parameters = blocks.stream().mapToInt(ParamBlock::size).sum();
        int[] first = new int[blocks.size() + 1];
        int[] bucket = new int[parameters];
        double[] sign = new double[parameters];
        for (int b = 0; b < blocks.size(); b++) {
            ParamBlock block = blocks.get(b);
            int own = Math.min(sums, block.size());
            for (int i = block.offset(); i < block.offset() + block.size(); i++) {
                boolean alone = own == block.size();
                bucket[i] = first[b] + (alone ? i - block.offset() : random.nextInt(own));
                sign[i] = alone || random.nextBoolean() ? scale : -scale;
            }
            first[b + 1] = first[b] + own;
        }
        return new Reading() {
            @Override
            public int size() {
                return first[blocks.size()];
            }

            @Override
            public void read(double[] gradient, int offset, double[] into) {
                Arrays.fill(into, 0.0);
                for (int i = 0; i < parameters; i++) {
                    into[bucket[i]] += sign[i] * gradient[offset + i];
                }
            }

            @Override
            public int groups() {
                return blocks.size();
            }

            @Override
            public void addSquares(double weight, double[] kept, double[] squares) {
                for (int b = 0; b < squares.length; b++) {
                    squares[b] += weight * BlockMoments.dot(kept, kept, first[b], first[b + 1] - first[b]);
                }
            }

            @Override
            public boolean whole() {
                return false;
            }
        };
    }
}
