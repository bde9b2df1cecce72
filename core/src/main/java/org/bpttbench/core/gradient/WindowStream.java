package org.bpttbench.core.gradient;

import java.util.Arrays;
import java.util.List;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.tape.Tape;

/**
 * A truncation at work: runs its windows forward on a tape, walks each back, hands the gradient on. At a sequence start
 * the adjoint, the age and the lookback start afresh; the state does so in episodes only.
 */
final class WindowStream implements GradientStream {
    /** Steps run forward at a time: long enough for the time-batched products, short enough for the cache. */
    private static final int STRETCH = 256;

    private final Network network;
    private final Source source;
    private final StreamPlan plan;
    private final Schedule schedule;
    private final Window window;
    private final Tape tape;
    private final BackwardPass backward;
    private final double[] adjoint;
    private final double[] gradient;
    private final Tally tally = new Tally();
    private boolean started;
    private long stepsLeft;
    private long sequenceLeft;
    private int windowLeft;

    WindowStream(Truncation truncation, Network network, Source source, StreamPlan plan, List<Coin> coins) {
        truncation.refusal(plan.lanes(), plan.endless()).ifPresent(refusal -> {
            throw new IllegalArgumentException(refusal);
        });
        if (coins.size() != plan.draws()) {
            throw new IllegalArgumentException(coins.size() + " coins for " + plan.draws() + " draws");
        }
        this.network = network;
        this.source = source;
        this.plan = plan;
        this.schedule = truncation.schedule(plan, coins);
        this.window = new Window(plan.lanes(), plan.draws());
        this.tape = new Tape(network.model().tape(plan.lanes(), source.tokens()), 0);
        this.backward = new BackwardPass(network, plan.lanes(), plan.draws());
        this.adjoint = new double[plan.rows() * network.model().cell().stateSize()];
        this.gradient = new double[Math.multiplyExact(plan.draws(), network.parameters())];
        this.stepsLeft = plan.steps();
    }

    @Override
    public void advance(long steps, GradientSink sink) {
        long left = steps;
        while (left > 0) {
            if (sequenceLeft == 0) {
                beginSequence();
            }
            if (windowLeft == 0) {
                schedule.next(window);
                windowLeft = window.newSteps();
            }
            int stretch = (int) Math.min(Math.min(windowLeft, left), STRETCH);
            forward(stretch);
            left -= stretch;
            if (windowLeft == 0) {
                emit(sink);
            }
            if (sequenceLeft == 0) {
                sink.endOfSequence();
            }
        }
    }

    @Override
    public boolean betweenSequences() {
        return sequenceLeft == 0;
    }

    @Override
    public Tally tally() {
        return tally;
    }

    private void beginSequence() {
        if (stepsLeft <= 0) {
            throw new IllegalStateException("the stream was planned for " + plan.steps() + " steps and has run them");
        }
        long length = source.begin();
        boolean episode = length != Source.ENDLESS;
        if (!started || episode) {
            tape.restart(source.startState());
            started = true;
        }
        tape.keepLast(0);
        // An episode is never cut short: it is finished even if the stream's steps are used up inside it.
        sequenceLeft = episode ? length : Math.min(plan.sequence(), stepsLeft);
        schedule.begin(sequenceLeft);
    }

    private void forward(int steps) {
        int from = tape.append(steps);
        int to = tape.end();
        source.fill(tape, from, to);
        network.forward(tape, from, to);
        network.losses(tape, from, to);
        windowLeft -= steps;
        sequenceLeft -= steps;
        stepsLeft -= steps;
        tally.forwardLaneSteps += (long) steps * tape.lanes();
        for (int row = from * tape.lanes(); row < to * tape.lanes(); row++) {
            if (tape.masks()[row]) {
                tally.losses++;
                tally.lossSum += tape.losses()[row];
            }
        }
    }

    private void emit(GradientSink sink) {
        int base = tape.end() - window.steps();
        tally.observe(window);
        if (hasLoss(base)) {
            Arrays.fill(gradient, 0.0);
            Arrays.fill(adjoint, 0.0);
            tally.backwardLaneSteps += backward.run(tape, base, window, adjoint, gradient);
            tally.emissions++;
            sink.accept(gradient, window);
        }
        tape.keepLast(schedule.lookback());
    }

    /** Whether the window injects any loss at all. */
    private boolean hasLoss(int base) {
        for (int j = 0; j < window.steps(); j++) {
            for (int row = 0; row < window.rows(); row++) {
                if (tape.masks()[(base + j) * tape.lanes() + row % tape.lanes()] && window.injects(j, row)) {
                    return true;
                }
            }
        }
        return false;
    }
}
