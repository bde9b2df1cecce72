package org.bpttbench.core.gradient;

import java.util.Arrays;
import java.util.List;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Memory;

/**
 * A truncation at work: runs its windows forward, walks each back, hands the gradient on. At a sequence start
 * the adjoint, the age and the lookback start afresh; the state does so in episodes only.
 */
final class WindowStream implements GradientStream {
    /** Steps run forward at a time: long enough for the time-batched products, short enough for the cache. */
    private static final int STRETCH = 256;

    private final Source source;
    private final StreamPlan plan;
    private final Schedule schedule;
    private final List<Coin> coins;
    private final Window window;
    private final History history;
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
        this.source = source;
        this.plan = plan;
        this.coins = List.copyOf(coins);
        this.schedule = truncation.schedule(plan, coins);
        this.window = new Window(plan.lanes(), plan.draws());
        this.history = truncation.memory().equals(Memory.ALL)
                ? new TapeHistory(network, source, plan)
                : new SegmentHistory(network, source, plan, truncation.memory());
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
            if (windowLeft == 0) {
                sink.betweenWindows();
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

    @Override
    public void save(StateWriter out) {
        out.section("window stream");
        out.putBoolean(started);
        out.putLong(stepsLeft);
        out.putLong(sequenceLeft);
        out.putInt(windowLeft);
        if (windowLeft > 0) {
            window.save(out);
        }
        tally.save(out);
        history.save(out);
        schedule.save(out);
        source.save(out);
        for (Coin coin : coins) {
            coin.save(out);
        }
    }

    @Override
    public void load(StateReader in) {
        in.section("window stream");
        started = in.readBoolean();
        stepsLeft = in.readLong();
        sequenceLeft = in.readLong();
        windowLeft = in.readInt();
        if (windowLeft > 0) {
            window.load(in);
        }
        tally.load(in);
        history.load(in);
        schedule.load(in);
        source.load(in);
        for (Coin coin : coins) {
            coin.load(in);
        }
    }

    private void beginSequence() {
        if (stepsLeft <= 0) {
            throw new IllegalStateException("the stream was planned for " + plan.steps() + " steps and has run them");
        }
        long length = source.begin();
        boolean episode = length != Source.ENDLESS;
        // An episode is never cut short: it is finished even if the stream's steps are used up inside it.
        sequenceLeft = episode ? length : Math.min(plan.sequence(), stepsLeft);
        history.begin(sequenceLeft, started && !episode ? null : source.startState());
        started = true;
        schedule.begin(sequenceLeft);
    }

    private void forward(int steps) {
        history.forward(steps, tally);
        windowLeft -= steps;
        sequenceLeft -= steps;
        stepsLeft -= steps;
    }

    private void emit(GradientSink sink) {
        tally.observe(window);
        if (history.hasLoss(window)) {
            Arrays.fill(gradient, 0.0);
            Arrays.fill(adjoint, 0.0);
            history.pull(window, adjoint, gradient, tally);
            tally.emissions++;
            sink.accept(gradient, window);
        }
        history.release(schedule.lookback());
    }
}
