package org.bpttbench.core.gradient;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.core.tape.TapeShape;

/** One sequence of random inputs, targets and masks, the same at every reading. Immutable. */
final class RandomData {
    private final TapeShape shape;
    private final int steps;
    private final double[] inputs;
    private final int[] tokens;
    private final double[] targets;
    private final int[] labels;
    private final boolean[] masks;

    private RandomData(TapeShape shape, int steps) {
        int rows = steps * shape.lanes();
        this.shape = shape;
        this.steps = steps;
        this.inputs = new double[shape.tokens() ? 0 : rows * shape.inputs()];
        this.tokens = new int[shape.tokens() ? rows : 0];
        this.targets = new double[rows * shape.targets()];
        this.labels = new int[shape.labels() ? rows : 0];
        this.masks = new boolean[rows];
    }

    static RandomData of(TapeShape shape, int steps, Masks masks, UniformRandomProvider random) {
        RandomData data = new RandomData(shape, steps);
        Arrays.setAll(data.inputs, i -> 2.0 * random.nextDouble() - 1.0);
        // From −1, the symbol that stands for an input of zeros.
        Arrays.setAll(data.tokens, i -> random.nextInt(shape.inputs() + 1) - 1);
        Arrays.setAll(data.targets, i -> 2.0 * random.nextDouble() - 1.0);
        Arrays.setAll(data.labels, i -> random.nextInt(shape.outputs()));
        for (int row = 0; row < data.masks.length; row++) {
            data.masks[row] = masks.at(row / shape.lanes(), row % shape.lanes(), steps, random);
        }
        return data;
    }

    /** What one lane sees, as data of a single lane. */
    RandomData lane(int lane) {
        RandomData alone = new RandomData(of(shape, 1, shape.tokens()), steps);
        for (int step = 0; step < steps; step++) {
            copyRow(step * shape.lanes() + lane, alone, step);
        }
        return alone;
    }

    /** The steps {@code [from, to)} alone. */
    RandomData slice(int from, int to) {
        RandomData part = new RandomData(shape, to - from);
        for (int row = from * shape.lanes(); row < to * shape.lanes(); row++) {
            copyRow(row, part, row - from * shape.lanes());
        }
        return part;
    }

    private void copyRow(int from, RandomData target, int to) {
        copy(inputs, from, target.inputs, to, shape.tokens() ? 0 : shape.inputs());
        copy(targets, from, target.targets, to, shape.targets());
        copy(tokens, from, target.tokens, to, shape.tokens() ? 1 : 0);
        copy(labels, from, target.labels, to, shape.labels() ? 1 : 0);
        copy(masks, from, target.masks, to, 1);
    }

    /** The same data with each symbol written as a vector. */
    RandomData oneHot() {
        RandomData dense = new RandomData(of(shape, shape.lanes(), false), steps);
        for (int row = 0; row < tokens.length; row++) {
            if (tokens[row] >= 0) {
                dense.inputs[row * shape.inputs() + tokens[row]] = 1.0;
            }
        }
        copy(targets, 0, dense.targets, 0, targets.length);
        copy(labels, 0, dense.labels, 0, labels.length);
        copy(masks, 0, dense.masks, 0, masks.length);
        return dense;
    }

    /** Writes the steps {@code first, first + 1, …} into slots {@code [from, to)}. */
    void fill(Tape tape, int first, int from, int to) {
        int lanes = shape.lanes();
        int rows = (to - from) * lanes;
        for (int row = 0; row < rows; row++) {
            int at = first * lanes + row;
            int slot = from * lanes + row;
            copy(inputs, at, tape.inputs(), slot, shape.tokens() ? 0 : shape.inputs());
            copy(targets, at, tape.targets(), slot, shape.targets());
            copy(tokens, at, tape.tokens(), slot, shape.tokens() ? 1 : 0);
            copy(labels, at, tape.labels(), slot, shape.labels() ? 1 : 0);
            copy(masks, at, tape.masks(), slot, 1);
        }
    }

    int steps() {
        return steps;
    }

    boolean masked(int step, int lane) {
        return masks[step * shape.lanes() + lane];
    }

    /** Row {@code from} of one array of rows to row {@code to} of another. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // arrays of one kind, whichever it is
    private static void copy(Object source, int from, Object target, int to, int width) {
        System.arraycopy(source, from * width, target, to * width, width);
    }

    private static TapeShape of(TapeShape shape, int lanes, boolean tokens) {
        return new TapeShape(
                lanes,
                shape.inputs(),
                tokens,
                shape.states(),
                shape.traces(),
                shape.features(),
                shape.outputs(),
                shape.targets(),
                shape.labels());
    }
}
