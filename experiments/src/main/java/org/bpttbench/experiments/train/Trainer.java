package org.bpttbench.experiments.train;

import java.util.Arrays;
import java.util.List;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientSink;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Tally;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.state.Checkpointed;
import org.bpttbench.core.state.StateMismatchException;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.experiments.spec.TrainSpec;

/**
 * Trains a network on a stream of gradients: the sink that scales, clips, and moves θ. θ moves inside a stream, so states on
 * the tape and the carried state were made by earlier weights, as in all streaming training. Belongs to one thread.
 */
public final class Trainer implements GradientSink, Checkpointed {
    /** A parameter beyond this has diverged. */
    private static final double LARGEST_PARAMETER = 1e6;

    /** Time steps between two looks at the loss. */
    private static final long PIECE = 4096;

    private final Network network;
    private final double[] theta;
    private final Optimizer optimizer;
    private final Clip clip;
    private final TrainSpec spec;
    private final StreamPlan plan;
    private final double scale;
    private final int lanes;
    private final GradientStream stream;
    private final double[] pending;
    private final NormTally norms = new NormTally();
    private final NormTally clippedNorms = new NormTally();
    private Runnable atRest = () -> {};
    private boolean anyPending;
    private long step;
    private long updates;

    /**
     * @param network with θ loaded; loaded anew at each update
     * @param theta {@code [P]}: moved by training
     * @param source at its start
     * @param sequence steps of a sequence: the episode's, or where the stream's are to end
     * @param steps after which training ends, whole episodes
     */
    public Trainer(
            Network network,
            double[] theta,
            TrainSpec spec,
            GradientEstimator estimator,
            Source source,
            Coin coin,
            boolean endless,
            long sequence,
            long steps) {
        this.network = network;
        this.theta = theta;
        this.spec = spec;
        this.optimizer = optimizer();
        this.clip = Clip.of(spec);
        this.lanes = spec.lanes();
        this.pending = new double[theta.length];
        this.plan = new StreamPlan(lanes, 1, steps, sequence, endless);
        this.scale = scale(estimator);
        this.stream = estimator.open(network, source, plan, List.of(coin));
    }

    /**
     * Trains until so many time steps are done.
     *
     * @throws DivergedException if the loss, a gradient or a parameter is not finite, or a parameter exceeds 10⁶
     */
    public void advanceTo(long target) {
        while (step < target) {
            // In pieces, so that a stream of long windows is seen to diverge before the window's end. A training that
            // goes
            // on from a checkpoint inside a piece ends the same piece.
            long end = Math.min(target, step + PIECE);
            stream.advance(end - time(), this);
            step = end;
            checkLoss();
            atRest.run();
        }
    }

    @Override
    public void accept(double[] gradient, Window window) {
        checkLoss();
        if (scale != 1.0) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] /= scale;
            }
        }
        if (spec.update() == TrainSpec.Update.WINDOW) {
            move(gradient);
        } else {
            anyPending = true;
            for (int i = 0; i < pending.length; i++) {
                pending[i] += gradient[i];
            }
        }
    }

    @Override
    public void endOfSequence() {
        if (anyPending) {
            move(pending);
            Arrays.fill(pending, 0.0);
            anyPending = false;
        }
    }

    @Override
    public void betweenWindows() {
        atRest.run();
    }

    /**
     * Has itself told, inside {@link #advanceTo}, when to save it: between windows, and inside long ones now and then.
     *
     * @param listener quick, as it may be told at every step; what it throws ends the advance, and the training with it
     */
    public void whenAtRest(Runnable listener) {
        atRest = listener;
    }

    /** Time steps done, in whole advances: that of a training that has diverged stays where the last look at it was fine. */
    public long step() {
        return step;
    }

    /** Time steps done, of an advance that goes on too. */
    public long position() {
        return time();
    }

    @Override
    public void save(StateWriter out) {
        out.section("trainer");
        out.putDoubles(theta);
        out.putDoubles(optimizer.state());
        out.putDoubles(pending);
        out.putBoolean(anyPending);
        out.putLong(step);
        out.putLong(updates);
        norms.save(out);
        clippedNorms.save(out);
        stream.save(out);
    }

    @Override
    public void load(StateReader in) {
        in.section("trainer");
        in.readDoubles(theta);
        try {
            optimizer.restore(in.readDoubles());
        } catch (IllegalArgumentException e) {
            throw new StateMismatchException(String.valueOf(e.getMessage()));
        }
        in.readDoubles(pending);
        anyPending = in.readBoolean();
        step = in.readLong();
        updates = in.readLong();
        norms.load(in);
        clippedNorms.load(in);
        stream.load(in);
        network.load(theta);
    }

    public long updates() {
        return updates;
    }

    /** Of the gradients before clipping, as {@code per} scales them. */
    public NormTally norms() {
        return norms;
    }

    /** Of the same gradients after clipping. */
    public NormTally clippedNorms() {
        return clippedNorms;
    }

    public Tally tally() {
        return stream.tally();
    }

    /**
     * What training would do with a gradient now; stays as it is while training goes on.
     *
     * @param estimator whose gradient it would be, in whose unit: need not be the one that trains
     */
    public FrozenTraining frozen(GradientEstimator estimator) {
        Optimizer copy = optimizer();
        copy.restore(optimizer.state());
        boolean moving = spec.update() == TrainSpec.Update.WINDOW;
        boolean streamsLanes = plan.endless() && lanes > 1;
        return new FrozenTraining(clip, copy, time(), scale(estimator), moving, streamsLanes, theta.clone());
    }

    private double scale(GradientEstimator estimator) {
        return spec.per() == TrainSpec.Per.WINDOW ? estimator.nominalLength(plan) : 1.0;
    }

    private Optimizer optimizer() {
        return Optimizers.CATALOG.create("type", spec.optimizer()).create(theta.length);
    }

    private void move(double[] gradient) {
        double norm = clip.apply(gradient);
        norms.add(norm);
        clippedNorms.add(clip.equals(Clip.NONE) ? norm : Clip.norm(gradient));
        optimizer.update(theta, gradient, time());
        updates++;
        for (int i = 0; i < theta.length; i++) {
            // Negated, so that what is not a number fails it too.
            if (!(Math.abs(theta[i]) <= LARGEST_PARAMETER)) {
                throw new DivergedException("parameter " + i + " is " + theta[i] + " at step " + time());
            }
        }
        network.load(theta);
    }

    private void checkLoss() {
        if (!Double.isFinite(stream.tally().lossSum())) {
            throw new DivergedException("the loss is not finite at step " + time());
        }
    }

    private long time() {
        return stream.tally().forwardLaneSteps() / lanes;
    }
}
