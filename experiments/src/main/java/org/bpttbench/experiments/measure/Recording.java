package org.bpttbench.experiments.measure;

import java.util.Arrays;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.tape.Tape;

/**
 * One measured sequence of every lane, recorded from a task: the states it starts from, its inputs, targets and masks.
 * Played back as an episode as often as wanted, so that all estimators and all draws see the same data.
 */
public final class Recording implements Source {
    private static final int STRETCH = 256;

    private final double[] start;
    private final Tape record;
    private final int steps;
    private int played;

    /**
     * Runs the source's first steps forward without recording them, then records.
     *
     * @param network with θ loaded
     * @param source at its start; not used afterwards
     * @param burnIn steps run before the sequence
     * @param steps of the sequence
     */
    public Recording(Network network, Source source, int lanes, int burnIn, int steps) {
        this.steps = steps;
        long length = source.begin();
        if (length != ENDLESS && length != burnIn + (long) steps) {
            throw new IllegalArgumentException(
                    "a measurement of " + burnIn + " + " + steps + " steps on episodes of " + length + " steps");
        }
        Tape burning = new Tape(network.model().tape(lanes, source.tokens()), STRETCH);
        burning.restart(source.startState());
        for (int left = burnIn; left > 0; left -= STRETCH) {
            int from = burning.append(Math.min(left, STRETCH));
            source.fill(burning, from, burning.end());
            network.forward(burning, from, burning.end());
            burning.keepLast(0);
        }
        this.start = new double[lanes * network.model().cell().stateSize()];
        burning.copyState(start);
        this.record = new Tape(network.model().tape(lanes, source.tokens()), steps);
        source.fill(record, record.append(steps), record.end());
    }

    private Recording(double[] start, Tape record, int steps) {
        this.start = start;
        this.record = record;
        this.steps = steps;
    }

    /** What one of the lanes saw, alone. */
    Recording lane(int lane) {
        int states = record.shape().states();
        Tape own = new Tape(record.shape().withLanes(1), steps);
        own.append(steps);
        for (int step = 0; step < steps; step++) {
            copyRows(step * lanes() + lane, own, step, 1);
        }
        return new Recording(Arrays.copyOfRange(start, lane * states, (lane + 1) * states), own, steps);
    }

    int steps() {
        return steps;
    }

    int lanes() {
        return record.lanes();
    }

    @Override
    public boolean tokens() {
        return record.shape().tokens();
    }

    @Override
    public double[] startState() {
        return start;
    }

    @Override
    public long begin() {
        played = 0;
        return steps;
    }

    @Override
    public void fill(Tape tape, int from, int to) {
        copyRows(played * lanes(), tape, from * lanes(), (to - from) * lanes());
        played += to - from;
    }

    /** Inputs, targets and masks of some rows, a row being a step of a lane. */
    private void copyRows(int source, Tape tape, int target, int count) {
        if (tokens()) {
            System.arraycopy(record.tokens(), source, tape.tokens(), target, count);
        } else {
            copy(
                    record.inputs(),
                    source,
                    tape.inputs(),
                    target,
                    count,
                    record.shape().inputs());
        }
        if (record.shape().labels()) {
            System.arraycopy(record.labels(), source, tape.labels(), target, count);
        } else {
            copy(
                    record.targets(),
                    source,
                    tape.targets(),
                    target,
                    count,
                    record.shape().targets());
        }
        System.arraycopy(record.masks(), source, tape.masks(), target, count);
    }

    private static void copy(double[] source, int from, double[] target, int to, int rows, int width) {
        System.arraycopy(source, from * width, target, to * width, rows * width);
    }
}
