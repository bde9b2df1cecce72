package org.bpttbench.experiments.task;

import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.tape.Tape;

/**
 * How well a network predicts a whole text. The text is read in a fixed number of contiguous lanes, fewer for short texts,
 * each from the start state: every character but the first is predicted exactly once, from the one before it and the
 * lane's state.
 */
final class BitsPerCharacter {
    static final double LN2 = StrictMath.log(2.0);

    /** Steps run forward at a time. The figure does not depend on it. */
    static final int STRETCH = 32;

    private static final int MOST_LANES = 32;

    /** A lane knows nothing at its start; over so many characters that hardly counts. */
    private static final int SHORTEST_LANE = 256;

    private final int[] text;
    private final int pairs;
    private final int lanes;
    private final int lane;

    /** @param text symbols, two at least, not modified */
    BitsPerCharacter(int[] text) {
        this.text = text;
        this.pairs = text.length - 1;
        this.lanes = Math.max(1, Math.min(MOST_LANES, pairs / SHORTEST_LANE));
        this.lane = (pairs + lanes - 1) / lanes;
    }

    /**
     * @param network with θ loaded
     * @param start state of one lane, not modified
     * @param stretch steps run forward at a time
     * @return the mean over the characters predicted, in bits
     */
    double of(Network network, double[] start, int stretch) {
        // Room for two stretches: then the tape slides and never grows.
        Tape tape = new Tape(network.model().tape(lanes, true), 2 * stretch);
        tape.restart(start);
        double nats = 0;
        for (int done = 0; done < lane; done += stretch) {
            tape.keepLast(0);
            int from = tape.append(Math.min(stretch, lane - done));
            fill(tape, from, done);
            network.forward(tape, from, tape.end());
            network.readout().losses(tape, from, tape.end());
            for (int row = from * lanes; row < tape.end() * lanes; row++) {
                nats += tape.losses()[row];
            }
        }
        return nats / pairs / LN2;
    }

    private void fill(Tape tape, int from, int done) {
        for (int k = from; k < tape.end(); k++) {
            for (int i = 0; i < lanes; i++) {
                int at = i * lane + done + k - from;
                int row = k * lanes + i;
                boolean inside = at < pairs;
                // Only the last lane can run out; it then reads nothing and has no loss.
                tape.tokens()[row] = inside ? text[at] : -1;
                tape.labels()[row] = inside ? text[at + 1] : 0;
                tape.masks()[row] = inside;
            }
        }
    }
}
