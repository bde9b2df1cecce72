package org.bpttbench.experiments.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Schedule;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.random.Coin;
import org.bpttbench.experiments.train.FrozenTraining;

/**
 * The estimator on the measured sequence with θ moving at each emission, as plain gradient descent at the constant rate that
 * training has at the checkpoint moves it: (θ₀ − θ_T)/η, which is the sum of the emissions, each made at the θ of its time.
 * Clipping and the optimiser's moments have no part in it.
 *
 * <p>The lanes are those of the measurement, which may be more or fewer than training has. Emissions fall due as those of a
 * measured sequence do, except that a flush acts if it may in training. So nothing is stale where training moves θ at each cut
 * of its one lane, and the measurement has several that are cut each on its own: those are handed on at the end.
 */
final class Staleness {
    private final Network network;
    private final Recording recording;
    private final GradientEstimator estimator;
    private final StreamPlan plan;
    private final double[] theta;
    private final double[] moved;
    private final double rate;
    private final int draws;
    private final IntFunction<Coin> coins;

    private Staleness(
            Network network,
            Recording recording,
            FrozenTraining training,
            double rate,
            GradientEstimator estimator,
            int draws,
            IntFunction<Coin> coins) {
        this.network = network;
        this.recording = recording;
        this.estimator = estimator;
        this.rate = rate;
        this.theta = training.theta();
        this.moved = new double[theta.length];
        this.draws = draws;
        this.coins = coins;
        boolean endless = training.streamsLanes()
                && estimator.refusal(recording.lanes(), true).isEmpty();
        this.plan = new StreamPlan(recording.lanes(), 1, recording.steps(), recording.steps(), endless);
    }

    /**
     * Empty where θ does not move inside the sequence.
     *
     * @param network with training's θ loaded, as it is again afterwards
     * @param coins of each draw, afresh at each call
     */
    static Optional<Staleness> of(
            Network network,
            Recording recording,
            FrozenTraining training,
            GradientEstimator estimator,
            int draws,
            IntFunction<Coin> coins) {
        OptionalDouble rate = training.movingRate();
        if (rate.isEmpty()) {
            return Optional.empty();
        }
        Staleness staleness = new Staleness(network, recording, training, rate.getAsDouble(), estimator, draws, coins);
        return staleness.hasInnerWindows() ? Optional.of(staleness) : Optional.empty();
    }

    /** Whether any draw has more than one window: asked of the rule alone, since the draws themselves are dear. */
    private boolean hasInnerWindows() {
        if (!(estimator instanceof Truncation truncation)) {
            return true;
        }
        Window window = new Window(recording.lanes(), 1);
        for (int draw = 0; draw < draws; draw++) {
            Schedule schedule = truncation.schedule(plan, List.of(coins.apply(draw)));
            schedule.begin(recording.steps());
            schedule.next(window);
            if (window.newSteps() < recording.steps()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Against the exact gradient at θ₀. Empty if no draw emitted before its last window, or θ or the loss ran out of the
     * range of numbers.
     */
    Optional<OtherBias> bias(double[] exact) {
        WholeFold fold = new WholeFold(exact, draws, 1);
        double[] sum = new double[theta.length];
        long emissions = 0;
        for (int draw = 0; draw < draws; draw++) {
            emissions += draw(coins.apply(draw), sum);
            fold.add(draw, sum, 0);
            if (!fold.isFinite()) {
                return Optional.empty();
            }
        }
        return emissions > draws
                ? fold.bias(OtherBias.Kind.STALENESS, estimator.traits().random(), OptionalDouble.empty())
                : Optional.empty();
    }

    private long draw(Coin coin, double[] sum) {
        Arrays.fill(sum, 0.0);
        try {
            GradientStream stream = estimator.open(network, recording, plan, List.of(coin));
            stream.advance(recording.steps(), (emitted, window) -> move(emitted, sum));
            return stream.tally().emissions();
        } finally {
            network.load(theta);
        }
    }

    private void move(double[] emitted, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += emitted[i];
            moved[i] = theta[i] - rate * sum[i];
        }
        network.load(moved);
    }
}
