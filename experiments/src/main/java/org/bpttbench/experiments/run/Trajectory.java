package org.bpttbench.experiments.run;

import java.util.Optional;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.state.Checkpointed;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.experiments.train.DivergedException;
import org.bpttbench.experiments.train.FrozenTraining;
import org.bpttbench.experiments.train.Trainer;
import org.jspecify.annotations.Nullable;

/**
 * Where a training leads θ, step by step; nowhere if nothing trains. Two with the same beginning and the same estimator go
 * through the same bits. Belongs to one thread.
 */
final class Trajectory implements Checkpointed {
    private final Network network;
    private final double[] theta;
    private final GradientEstimator estimator;
    private final @Nullable Trainer trainer;
    private final int lanes;
    private @Nullable String divergence;
    private long nanos;
    private long advancingSince;
    private boolean advancing;

    private Trajectory(
            Network network, double[] theta, GradientEstimator estimator, @Nullable Trainer trainer, int lanes) {
        this.network = network;
        this.theta = theta;
        this.estimator = estimator;
        this.trainer = trainer;
        this.lanes = lanes;
    }

    /** θ stays at its beginning. */
    static Trajectory still(Beginning beginning, GradientEstimator estimator, Kernels kernels) {
        double[] theta = beginning.theta();
        return new Trajectory(beginning.network(kernels, theta), theta, estimator, null, 0);
    }

    /** @param steps after which training ends, whole episodes */
    static Trajectory trained(
            Beginning beginning, GradientEstimator estimator, TrainSpec train, long steps, Kernels kernels) {
        double[] theta = beginning.theta();
        Network network = beginning.network(kernels, theta);
        Task task = beginning.task();
        boolean endless = task.episode().isEmpty();
        long sequence = task.episode().orElse(train.sequence().orElse(steps));
        Source source =
                task.open(beginning.model(), train.lanes(), beginning.seeds().at("task"));
        Coin coin = Coin.of(beginning.seeds().at("cuts").generator());
        Trainer trainer = new Trainer(network, theta, train, estimator, source, coin, endless, sequence, steps);
        return new Trajectory(network, theta, estimator, trainer, train.lanes());
    }

    /** With θ loaded. */
    Network network() {
        return network;
    }

    double[] theta() {
        return theta;
    }

    boolean trains() {
        return trainer != null;
    }

    /** Updates of θ done, of an advance that goes on too. */
    long updates() {
        return trainer == null ? 0 : trainer.updates();
    }

    /** Time steps done. */
    long step() {
        return trainer == null ? 0 : trainer.step();
    }

    /** Does what is to be done on the way, unless the way has come to an end by diverging: then, and if it does now, nothing. */
    void follow(Runnable leg) {
        if (divergence == null) {
            try {
                leg.run();
            } catch (DivergedException e) {
                divergence = String.valueOf(e.getMessage());
            }
        }
    }

    /** Trains until so many time steps are done. */
    void advanceTo(long step) {
        if (trainer != null) {
            advancingSince = System.nanoTime();
            advancing = true;
            try {
                trainer.advanceTo(step);
            } finally {
                nanos = nanos();
                advancing = false;
            }
        }
    }

    /** Of training, the advance that goes on among it. */
    private long nanos() {
        return advancing ? nanos + System.nanoTime() - advancingSince : nanos;
    }

    /** Has itself told during training whenever it can be saved; what the listener throws ends everything. */
    void whenAtRest(Runnable listener) {
        if (trainer != null) {
            trainer.whenAtRest(listener);
        }
    }

    /** Time steps done, of an advance that goes on too. */
    long position() {
        return trainer == null ? 0 : trainer.position();
    }

    @Override
    public void save(StateWriter out) {
        out.section("trajectory");
        out.putLong(nanos());
        out.putBoolean(divergence != null);
        out.putText(divergence == null ? "" : divergence);
        if (trainer != null) {
            trainer.save(out);
        }
    }

    @Override
    public void load(StateReader in) {
        in.section("trajectory");
        nanos = in.readLong();
        boolean diverged = in.readBoolean();
        String why = in.readText();
        divergence = diverged ? why : null;
        if (trainer != null) {
            trainer.load(in);
        }
    }

    /** Why it came to an end, if it did. */
    Optional<String> divergence() {
        return Optional.ofNullable(divergence);
    }

    /**
     * What the training does with a gradient here, if there is one.
     *
     * @param measured whose gradient it would be
     */
    Optional<FrozenTraining> frozen(GradientEstimator measured) {
        return Optional.ofNullable(trainer).map(training -> training.frozen(measured));
    }

    RunRecord.Training training() {
        return trainer == null
                ? RunRecord.Training.NONE
                : new RunRecord.Training(
                        trainer.step(),
                        trainer.updates(),
                        trainer.tally().backwardLaneSteps(),
                        estimator.tapeSteps(lanes, trainer.tally()),
                        trainer.tally().largestWeight(),
                        RunRecord.Norms.of(trainer.norms(), trainer.clippedNorms()),
                        nanos);
    }
}
