package org.bpttbench.core.tape;

import java.util.Arrays;
import org.bpttbench.core.state.Checkpointed;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;

/**
 * What the forward pass leaves for the backward pass: each quantity of consecutive steps contiguous in time, so that K
 * steps are one {@code [K·B×n]} matrix. A step is addressed by its slot; slots {@code begin()..end()-1} are live. The
 * state before slot k is state row-group k, the state after it is group k+1.
 *
 * <p>Steps are appended at the end and released at the front. Where the end of the arrays is reached the live steps move
 * to the front or, if they fill more than half, the arrays double; slots change then, so they must be counted from
 * {@link #end()} after an append. A tape of steady use allocates nothing.
 *
 * <p>The arrays are handed out for reading and writing without checks. Who writes what: a source the inputs, targets and
 * masks; the cell states and traces; the head losses, output deltas and loss adjoints; nobody else anything. They may be
 * replaced by an append: do not keep them. Not thread-safe.
 */
public final class Tape implements Checkpointed {
    private static final int FIRST_CAPACITY = 16;

    private final TapeShape shape;
    private int begin;
    private int end;
    private int capacity;

    private double[] inputs = {};
    private int[] tokens = {};
    private double[] targets = {};
    private int[] labels = {};
    private boolean[] masks = {};
    private double[] states;
    private double[] traces = {};
    private double[] outputDeltas = {};
    private double[] lossAdjoints = {};
    private double[] losses = {};

    /** @param steps for how many steps room is made at once, 0 for a few; the tape grows beyond it as needed */
    public Tape(TapeShape shape, int steps) {
        this.shape = shape;
        this.states = new double[shape.lanes() * shape.states()];
        resize(steps == 0 ? FIRST_CAPACITY : steps);
    }

    public TapeShape shape() {
        return shape;
    }

    public int lanes() {
        return shape.lanes();
    }

    /** The first live slot. */
    public int begin() {
        return begin;
    }

    /** One past the last live slot. */
    public int end() {
        return end;
    }

    /** Steps for which there is room without allocation, all live steps released. */
    public int capacity() {
        return capacity;
    }

    /**
     * Adds steps at the end, their contents undefined, their masks all false.
     *
     * @return the slot of the first of them
     */
    public int append(int steps) {
        if (end + steps > capacity) {
            makeRoom(steps);
        }
        int from = end;
        end += steps;
        Arrays.fill(masks, from * lanes(), end * lanes(), false);
        return from;
    }

    /** Releases all but the last steps; the state after the last step stays in any case. */
    public void keepLast(int steps) {
        begin = Math.max(begin, end - steps);
    }

    /**
     * Empties the tape and sets the state that the next step starts from.
     *
     * @param state of one lane and given to every lane, {@code [states]}, or lane by lane, {@code [B×states]}; not
     *     modified
     */
    public void restart(double[] state) {
        begin = 0;
        end = 0;
        int width = shape.states();
        int stride = state.length == width ? 0 : width;
        for (int lane = 0; lane < lanes(); lane++) {
            System.arraycopy(state, lane * stride, states, lane * width, width);
        }
    }

    /** Copies the state after the last step, {@code [B×states]}, into {@code state}. */
    public void copyState(double[] state) {
        int width = lanes() * shape.states();
        System.arraycopy(states, end * width, state, 0, width);
    }

    /** {@code [·B×inputs]}, empty where inputs are tokens. */
    public double[] inputs() {
        return inputs;
    }

    /** {@code [·B]}: symbol numbers; a negative one stands for an input of zeros. */
    public int[] tokens() {
        return tokens;
    }

    /** {@code [·B×targets]}. */
    public double[] targets() {
        return targets;
    }

    /** {@code [·B]}: class numbers. */
    public int[] labels() {
        return labels;
    }

    /** {@code [·B]}: true where a lane has a loss at a step. */
    public boolean[] masks() {
        return masks;
    }

    /** {@code [·B×states]}: group k is the state before slot k. */
    public double[] states() {
        return states;
    }

    /** {@code [·B×traces]}: the cell's own. */
    public double[] traces() {
        return traces;
    }

    /** {@code [·B×outputs]}: ∂ℓ/∂y divided by B, zero where masked. */
    public double[] outputDeltas() {
        return outputDeltas;
    }

    /** {@code [·B×features]}: ∂ℓ/∂(what the head reads) divided by B, zero where masked. */
    public double[] lossAdjoints() {
        return lossAdjoints;
    }

    /** {@code [·B]}: ℓ of each lane and step, not divided by B, zero where masked. */
    public double[] losses() {
        return losses;
    }

    /** The live steps and the states before, between and after them. */
    @Override
    public void save(StateWriter out) {
        int live = end - begin;
        int from = begin * lanes();
        int count = live * lanes();
        out.section("tape");
        out.putInt(live);
        put(out, inputs, from, count, shape.tokens() ? 0 : shape.inputs());
        put(out, targets, from, count, shape.targets());
        put(out, states, from, count + lanes(), shape.states());
        put(out, traces, from, count, shape.traces());
        put(out, outputDeltas, from, count, shape.outputs());
        put(out, lossAdjoints, from, count, shape.features());
        put(out, losses, from, count, 1);
        out.putBooleans(masks, from, count);
        out.putInts(tokens, shape.tokens() ? from : 0, shape.tokens() ? count : 0);
        out.putInts(labels, shape.labels() ? from : 0, shape.labels() ? count : 0);
    }

    @Override
    public void load(StateReader in) {
        in.section("tape");
        int live = in.readInt();
        begin = 0;
        end = 0;
        append(live);
        int count = live * lanes();
        in.readDoubles(inputs, 0, count * (shape.tokens() ? 0 : shape.inputs()));
        in.readDoubles(targets, 0, count * shape.targets());
        in.readDoubles(states, 0, (count + lanes()) * shape.states());
        in.readDoubles(traces, 0, count * shape.traces());
        in.readDoubles(outputDeltas, 0, count * shape.outputs());
        in.readDoubles(lossAdjoints, 0, count * shape.features());
        in.readDoubles(losses, 0, count);
        in.readBooleans(masks, 0, count);
        in.readInts(tokens, 0, shape.tokens() ? count : 0);
        in.readInts(labels, 0, shape.labels() ? count : 0);
    }

    private static void put(StateWriter out, double[] array, int from, int count, int width) {
        out.putDoubles(array, from * width, count * width);
    }

    private void makeRoom(int steps) {
        int live = end - begin;
        if ((long) live + steps <= capacity / 2) {
            slide();
            return;
        }
        long wanted = Math.max(2L * capacity, 2L * (live + (long) steps));
        long possible = shape.longestTape();
        if (live + (long) steps > possible) {
            throw new IllegalArgumentException("a tape of " + (live + (long) steps) + " steps × " + lanes()
                    + " lanes needs " + (live + (long) steps) * shape.bytesPerStep()
                    + " bytes and longer arrays than Java has; the longest possible is " + possible + " steps");
        }
        slide();
        resize((int) Math.min(wanted, possible));
    }

    private void slide() {
        int live = end - begin;
        int from = begin * lanes();
        int count = live * lanes();
        move(inputs, from, count, shape.tokens() ? 0 : shape.inputs());
        move(targets, from, count, shape.targets());
        move(states, from, count + lanes(), shape.states());
        move(traces, from, count, shape.traces());
        move(outputDeltas, from, count, shape.outputs());
        move(lossAdjoints, from, count, shape.features());
        move(losses, from, count, 1);
        System.arraycopy(masks, from, masks, 0, count);
        if (shape.tokens()) {
            System.arraycopy(tokens, from, tokens, 0, count);
        }
        if (shape.labels()) {
            System.arraycopy(labels, from, labels, 0, count);
        }
        begin = 0;
        end = live;
    }

    private static void move(double[] array, int from, int count, int width) {
        System.arraycopy(array, from * width, array, 0, count * width);
    }

    private void resize(int steps) {
        capacity = steps;
        int rows = Math.multiplyExact(steps, lanes());
        inputs = Arrays.copyOf(inputs, shape.tokens() ? 0 : rows * shape.inputs());
        tokens = Arrays.copyOf(tokens, shape.tokens() ? rows : 0);
        targets = Arrays.copyOf(targets, rows * shape.targets());
        labels = Arrays.copyOf(labels, shape.labels() ? rows : 0);
        masks = Arrays.copyOf(masks, rows);
        states = Arrays.copyOf(states, (rows + lanes()) * shape.states());
        traces = Arrays.copyOf(traces, rows * shape.traces());
        outputDeltas = Arrays.copyOf(outputDeltas, rows * shape.outputs());
        lossAdjoints = Arrays.copyOf(lossAdjoints, rows * shape.features());
        losses = Arrays.copyOf(losses, rows);
    }
}
