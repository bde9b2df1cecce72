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

    /** Everything, told apart by parameter block. */
    static Reading whole(List<ParamBlock> blocks) {
        int parameters = blocks.stream().mapToInt(ParamBlock::size).sum();
        return new Reading() {
            @Override
            public int size() {
                return parameters;
            }

            @Override
            public void read(double[] gradient, int offset, double[] into) {
                System.arraycopy(gradient, offset, into, 0, parameters);
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
        };
    }

    /**
     * A count sketch: each parameter is added, with a random sign, to one of {@code size} sums. E‖sketch‖² = ‖·‖², with a
     * relative standard deviation of at most √(2/size) for one vector and far less for a sum of many.
     *
     * <p><i>Reference:</i> Charikar, Chen &amp; Farach-Colton 2004; Weinberger et al. 2009.
     */
    static Reading sketch(int parameters, int size, UniformRandomProvider random) {
        int[] bucket = random.ints(parameters, 0, size).toArray();
        double[] sign = new double[parameters];
        for (int i = 0; i < parameters; i++) {
            sign[i] = random.nextBoolean() ? 1.0 : -1.0;
        }
        return new Reading() {
            @Override
            public int size() {
                return size;
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
                return 1;
            }

            @Override
            public void addSquares(double weight, double[] kept, double[] squares) {
                squares[0] += weight * BlockMoments.dot(kept, kept, 0, size);
            }
        };
    }
}
