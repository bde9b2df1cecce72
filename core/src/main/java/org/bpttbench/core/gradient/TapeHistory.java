package org.bpttbench.core.gradient;

import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Tape;
import org.jspecify.annotations.Nullable;

/** Everything stays on the tape. */
final class TapeHistory implements History {
    private final Network network;
    private final Source source;
    private final BackwardPass backward;
    private final Tape tape;

    TapeHistory(Network network, Source source, StreamPlan plan) {
        this.network = network;
        this.source = source;
        this.backward = new BackwardPass(network, plan.lanes(), plan.draws());
        this.tape = new Tape(network.model().tape(plan.lanes(), source.tokens()), 0);
    }

    @Override
    public void begin(long steps, double @Nullable [] start) {
        if (start != null) {
            tape.restart(start);
        }
        tape.keepLast(0);
    }

    @Override
    public void forward(int steps, Tally tally) {
        int from = tape.append(steps);
        int to = tape.end();
        source.fill(tape, from, to);
        network.forward(tape, from, to);
        network.losses(tape, from, to);
        tally.countForward(tape, from, to);
    }

    @Override
    public boolean hasLoss(Window window) {
        int base = tape.end() - window.steps();
        for (int j = 0; j < window.steps(); j++) {
            for (int row = 0; row < window.rows(); row++) {
                if (tape.masks()[(base + j) * tape.lanes() + row % tape.lanes()] && window.injects(j, row)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void pull(Window window, double[] adjoint, double[] gradient, Tally tally) {
        int base = tape.end() - window.steps();
        tally.backwardLaneSteps += backward.run(tape, base, window, adjoint, gradient);
    }

    @Override
    public void release(int lookback) {
        tape.keepLast(lookback);
    }

    @Override
    public void save(StateWriter out) {
        tape.save(out);
    }

    @Override
    public void load(StateReader in) {
        tape.load(in);
    }
}
