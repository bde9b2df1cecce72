package org.bpttbench.core.gradient;

import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Checkpoints;
import org.bpttbench.core.tape.Memory;
import org.bpttbench.core.tape.SegmentPlan;
import org.bpttbench.core.tape.StepRecord;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.core.tape.TapeShape;
import org.jspecify.annotations.Nullable;

/**
 * Only one segment of the sequence is on the tape: the last when the sequence has been run forward, then one after the
 * other towards its start, each run forward again from the state kept nearest before it. The adjoint is handed on from
 * segment to segment, so that the gradient has the bits it would have with everything on the tape. For windows that are
 * whole sequences, without carries and injections of their own.
 *
 * <p><i>Reference:</i> Chen et al. 2016, section 4; Gruslys et al. 2016, section 3.1, whose hidden states are kept here.
 */
final class SegmentHistory implements History {
    /** Steps run forward at a time, as {@link WindowStream} has them. */
    private static final int STRETCH = 256;

    private final Network network;
    private final Source source;
    private final Memory memory;
    private final BackwardPass backward;
    private final Window part;
    /** The state after the last step of a sequence. */
    private final double[] last;

    private SegmentPlan plan;
    private Tape tape;
    private StepRecord record;
    private Checkpoints states;
    private int length;
    private int done;
    private long losses;

    /** @throws IllegalArgumentException if the memory does not suffice for the plan's sequences */
    SegmentHistory(Network network, Source source, StreamPlan plan, Memory memory) {
        this.network = network;
        this.source = source;
        this.memory = memory;
        this.backward = new BackwardPass(network, plan.lanes(), plan.draws());
        this.part = new Window(plan.lanes(), plan.draws());
        this.last = new double[plan.lanes() * network.model().cell().stateSize()];
        TapeShape shape = network.model().tape(plan.lanes(), source.tokens());
        this.plan = SegmentPlan.require(memory, shape, plan.longestSequence());
        this.tape = new Tape(shape, this.plan.segment());
        this.record = new StepRecord(shape, this.plan.recordSteps());
        this.states = new Checkpoints(this.plan);
    }

    @Override
    public void begin(long steps, double @Nullable [] start) {
        makeRoom(steps);
        length = Math.toIntExact(steps);
        done = 0;
        losses = 0;
        states.clear();
        tape.restart(start == null ? last : start);
        states.keep(0, tape);
    }

    private void makeRoom(long steps) {
        if (steps > plan.sequence()) {
            plan = SegmentPlan.require(memory, plan.shape(), steps);
            tape = new Tape(plan.shape(), plan.segment());
            record = new StepRecord(plan.shape(), plan.recordSteps());
            states = new Checkpoints(plan);
        }
    }

    @Override
    public void forward(int steps, Tally tally) {
        for (int left = steps; left > 0; ) {
            if (tape.end() == plan.segment()) {
                enter(done / plan.segment());
            }
            int piece = Math.min(left, plan.segment() - tape.end());
            firstTime(piece, tally);
            left -= piece;
        }
        if (done == length) {
            tape.copyState(last);
        }
        tally.countKept(Math.min(plan.segment(), length), plan.bytes());
    }

    /** Goes on with another segment where the tape has come to the end of one. */
    private void enter(int segment) {
        states.keep(segment, tape);
        states.restart(tape, segment);
    }

    private void firstTime(int steps, Tally tally) {
        int from = tape.append(steps);
        int to = tape.end();
        source.fill(tape, from, to);
        if (plan.recordSteps() > 0) {
            record.keep(tape, from, to, done);
        }
        network.forward(tape, from, to);
        // What the losses mean for the states is computed when the segment is walked back.
        network.readout().losses(tape, from, to);
        losses += tally.countForward(tape, from, to);
        done += steps;
    }

    @Override
    public boolean hasLoss(Window window) {
        return losses > 0;
    }

    @Override
    public void pull(Window window, double[] adjoint, double[] gradient, Tally tally) {
        if (window.steps() != done || window.carries() != null || window.injections() != null) {
            throw new IllegalStateException("only whole sequences without cuts are walked back in segments");
        }
        int onTape = (done - 1) / plan.segment();
        for (int segment = onTape; segment >= 0; segment--) {
            if (segment != onTape) {
                recall(segment, tally);
            }
            network.readout().adjoints(tape, 0, tape.end());
            part.resetPart(tape.end(), segment > 0);
            tally.backwardLaneSteps += backward.run(tape, 0, part, adjoint, gradient);
        }
    }

    /** Brings a segment back onto the tape. */
    private void recall(int segment, Tally tally) {
        int at = states.nearest(segment);
        states.restart(tape, at);
        for (; at < segment; at++) {
            again(at, false, tally);
            enter(at + 1);
        }
        again(segment, true, tally);
    }

    private void again(int segment, boolean withLosses, Tally tally) {
        int first = segment * plan.segment();
        int steps = Math.min(plan.segment(), done - first);
        for (int step = 0; step < steps; step += STRETCH) {
            int from = tape.append(Math.min(STRETCH, steps - step));
            int to = tape.end();
            record.replay(first + step, tape, from, to);
            network.forward(tape, from, to);
            if (withLosses) {
                network.readout().losses(tape, from, to);
            }
        }
        tally.repeatedLaneSteps += (long) steps * tape.lanes();
    }

    @Override
    public void release(int lookback) {
        // A sequence is one window: its end has been kept, and the next begins anew.
    }

    @Override
    public void save(StateWriter out) {
        out.section("segments");
        out.putInt(plan.sequence());
        out.putDoubles(last);
        out.putInt(length);
        out.putInt(done);
        out.putLong(losses);
        if (done < length) {
            tape.save(out);
            states.save(out);
            record.save(recorded(), out);
        }
    }

    private int recorded() {
        return plan.recordSteps() > 0 ? done : 0;
    }

    @Override
    public void load(StateReader in) {
        in.section("segments");
        makeRoom(in.readInt());
        in.readDoubles(last);
        length = in.readInt();
        done = in.readInt();
        losses = in.readLong();
        if (done < length) {
            tape.load(in);
            states.load(in);
            record.load(recorded(), in);
        }
    }
}
