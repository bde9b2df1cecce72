package org.bpttbench.core.tape;

/**
 * Widths of what a tape keeps for each lane and step, in doubles unless said otherwise.
 *
 * @param lanes B, the sequences advanced side by side
 * @param inputs width of the input; the number of symbols where {@code tokens}
 * @param tokens whether inputs are symbols (one {@code int}) rather than {@code inputs} doubles
 * @param states width of the recurrent state
 * @param traces width of what the cell keeps besides its state
 * @param features width of the part of the state that the head reads
 * @param outputs width of the prediction
 * @param targets width of the target; 0 where {@code labels} or where the loss needs none
 * @param labels whether targets are class numbers (one {@code int})
 */
public record TapeShape(
        int lanes,
        int inputs,
        boolean tokens,
        int states,
        int traces,
        int features,
        int outputs,
        int targets,
        boolean labels) {

    public TapeShape {
        if (lanes < 1) {
            throw new IllegalArgumentException("lanes is " + lanes + ", must be at least 1");
        }
    }

    /** The same for another number of lanes. */
    public TapeShape withLanes(int other) {
        return new TapeShape(other, inputs, tokens, states, traces, features, outputs, targets, labels);
    }

    /** Doubles of the widest quantity for all lanes of one step; an array of it bounds the length of a tape. */
    int widest() {
        int dense = tokens ? 0 : inputs;
        int widest =
                Math.max(Math.max(dense, states), Math.max(traces, Math.max(outputs, Math.max(features, targets))));
        return Math.multiplyExact(lanes, Math.max(1, widest));
    }

    /** Bytes that one step of all lanes takes on the tape. */
    public long bytesPerStep() {
        long doubles = (tokens ? 0L : inputs) + states + traces + features + outputs + targets + 1L;
        long ints = (tokens ? 1L : 0L) + (labels ? 1L : 0L);
        return (long) lanes * (Double.BYTES * doubles + Integer.BYTES * ints + 1);
    }

    /** The most steps of a tape whose arrays Java has. */
    long longestTape() {
        return (Integer.MAX_VALUE - 8L) / widest() - 1;
    }

    /** The most steps of a {@link StepRecord} whose arrays Java has. */
    long longestRecord() {
        return (Integer.MAX_VALUE - 8L)
                / Math.multiplyExact(lanes, Math.max(1, Math.max(tokens ? 0 : inputs, targets)));
    }

    /** Bytes of one state of all lanes. */
    public long bytesPerState() {
        return (long) Double.BYTES * lanes * states;
    }

    /** Bytes of what a source writes for one step of all lanes. */
    public long bytesPerSourceStep() {
        long doubles = (tokens ? 0L : inputs) + targets;
        long ints = (tokens ? 1L : 0L) + (labels ? 1L : 0L);
        return (long) lanes * (Double.BYTES * doubles + Integer.BYTES * ints + 1);
    }
}
