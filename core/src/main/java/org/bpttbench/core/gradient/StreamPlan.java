package org.bpttbench.core.gradient;

/**
 * The work of one stream.
 *
 * @param lanes B, the sequences advanced side by side
 * @param draws R, how many draws of a random estimator share the forward pass; 1 in training
 * @param steps time steps per lane after which the stream ends, which also ends its last sequence
 * @param sequence the length at which sequences of an endless source end; {@code steps} where they do not. A stream on
 *     episodes ignores it, since they have a length of their own
 * @param endless whether the steps are those of an endless stream in training, not of an episode or a measured sequence
 */
public record StreamPlan(int lanes, int draws, long steps, long sequence, boolean endless) {
    public StreamPlan {
        if (lanes < 1 || draws < 1 || steps < 1 || sequence < 1) {
            throw new IllegalArgumentException("lanes " + lanes + ", draws " + draws + ", steps " + steps
                    + ", sequence " + sequence + ": all must be at least 1");
        }
    }

    /** R·B. */
    public int rows() {
        return lanes * draws;
    }

    /** Steps of the longest sequence: an episode is finished even where the stream's steps are fewer. */
    public long longestSequence() {
        return endless ? Math.min(sequence, steps) : sequence;
    }

    /** One sequence of known length, to be measured with θ frozen. */
    public static StreamPlan measured(int lanes, int draws, long steps) {
        return new StreamPlan(lanes, draws, steps, steps, false);
    }
}
