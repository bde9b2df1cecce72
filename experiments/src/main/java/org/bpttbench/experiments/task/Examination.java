package org.bpttbench.experiments.task;

import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.tape.Tape;

/**
 * How much of a stream a network is judged on.
 *
 * @param lanes read side by side, each from the start state
 * @param warmUp steps of each lane that are read first and not scored
 * @param steps of each lane that are scored
 */
record Examination(int lanes, int warmUp, int steps) {
    /** Steps run forward at a time. The figure does not depend on it. */
    private static final int STRETCH = 32;

    /** All that are read. */
    long laneSteps() {
        return (long) lanes * (warmUp + steps);
    }

    /** What is done with the steps that are scored. */
    @FunctionalInterface
    interface Reader {
        /** @param from the first of the slots {@code [from, to)} */
        void read(Tape tape, int from, int to);
    }

    /**
     * The mean loss of the scored steps that have one.
     *
     * @param network with θ loaded
     * @param source at its start, of as many lanes
     */
    double meanLoss(Network network, Source source) {
        Tape tape = new Tape(network.model().tape(lanes, source.tokens()), 2 * STRETCH);
        tape.restart(source.startState());
        Mean mean = new Mean();
        read(
                tape,
                source,
                (filled, from, to) -> {
                    network.forward(filled, from, to);
                    network.readout().losses(filled, from, to);
                },
                mean);
        return mean.value();
    }

    /**
     * Fills the tape with one stretch after another.
     *
     * @param all sees every step, before {@code scored}
     * @param scored sees the steps after the warm-up
     */
    void read(Tape tape, Source source, Reader all, Reader scored) {
        int end = warmUp + steps;
        for (int done = 0; done < end; ) {
            tape.keepLast(0);
            int from = tape.append(Math.min(STRETCH, end - done));
            source.fill(tape, from, tape.end());
            all.read(tape, from, tape.end());
            int unscored = Math.max(0, warmUp - done);
            done += tape.end() - from;
            if (done > warmUp) {
                scored.read(tape, from + unscored, tape.end());
            }
        }
    }

    private static final class Mean implements Reader {
        private double sum;
        private long count;

        @Override
        public void read(Tape tape, int from, int to) {
            for (int row = from * tape.lanes(); row < to * tape.lanes(); row++) {
                if (tape.masks()[row]) {
                    sum += tape.losses()[row];
                    count++;
                }
            }
        }

        double value() {
            return sum / count;
        }
    }
}
