package org.bpttbench.core.tape;

import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;

/**
 * What a source gave over a sequence, inputs, targets and masks of all lanes and nothing else, so that steps can be run
 * forward again: a source cannot be asked twice. Not thread-safe.
 */
public final class StepRecord {
    private final TapeShape shape;
    private final double[] inputs;
    private final int[] tokens;
    private final double[] targets;
    private final int[] labels;
    private final boolean[] masks;

    /** @param steps for how many there is room */
    public StepRecord(TapeShape shape, int steps) {
        this.shape = shape;
        int rows = Math.multiplyExact(steps, shape.lanes());
        this.inputs = new double[shape.tokens() ? 0 : Math.multiplyExact(rows, shape.inputs())];
        this.tokens = new int[shape.tokens() ? rows : 0];
        this.targets = new double[Math.multiplyExact(rows, shape.targets())];
        this.labels = new int[shape.labels() ? rows : 0];
        this.masks = new boolean[rows];
    }

    /**
     * Keeps what the source wrote into the slots {@code [from, to)}.
     *
     * @param step the step of slot {@code from}
     */
    public void keep(Tape tape, int from, int to, int step) {
        int count = to - from;
        copy(tape.inputs(), from, inputs, step, count, shape.tokens() ? 0 : shape.inputs());
        copy(tape.targets(), from, targets, step, count, shape.targets());
        copy(tape.tokens(), from, tokens, step, count, shape.tokens());
        copy(tape.labels(), from, labels, step, count, shape.labels());
        System.arraycopy(tape.masks(), from * shape.lanes(), masks, step * shape.lanes(), count * shape.lanes());
    }

    /**
     * Writes what was kept into the slots {@code [from, to)}.
     *
     * @param step the step of slot {@code from}
     */
    public void replay(int step, Tape tape, int from, int to) {
        int count = to - from;
        copy(inputs, step, tape.inputs(), from, count, shape.tokens() ? 0 : shape.inputs());
        copy(targets, step, tape.targets(), from, count, shape.targets());
        copy(tokens, step, tape.tokens(), from, count, shape.tokens());
        copy(labels, step, tape.labels(), from, count, shape.labels());
        System.arraycopy(masks, step * shape.lanes(), tape.masks(), from * shape.lanes(), count * shape.lanes());
    }

    /** Saves what was kept of the first steps. */
    public void save(int steps, StateWriter out) {
        int rows = steps * shape.lanes();
        out.section("record");
        out.putDoubles(inputs, 0, shape.tokens() ? 0 : rows * shape.inputs());
        out.putInts(tokens, 0, shape.tokens() ? rows : 0);
        out.putDoubles(targets, 0, rows * shape.targets());
        out.putInts(labels, 0, shape.labels() ? rows : 0);
        out.putBooleans(masks, 0, rows);
    }

    /** Takes up what was saved of as many steps. */
    public void load(int steps, StateReader in) {
        int rows = steps * shape.lanes();
        in.section("record");
        in.readDoubles(inputs, 0, shape.tokens() ? 0 : rows * shape.inputs());
        in.readInts(tokens, 0, shape.tokens() ? rows : 0);
        in.readDoubles(targets, 0, rows * shape.targets());
        in.readInts(labels, 0, shape.labels() ? rows : 0);
        in.readBooleans(masks, 0, rows);
    }

    private void copy(double[] source, int from, double[] target, int to, int steps, int width) {
        int stride = shape.lanes() * width;
        System.arraycopy(source, from * stride, target, to * stride, steps * stride);
    }

    private void copy(int[] source, int from, int[] target, int to, int steps, boolean present) {
        int stride = present ? shape.lanes() : 0;
        System.arraycopy(source, from * stride, target, to * stride, steps * stride);
    }
}
