package org.bpttbench.experiments.train;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What training does with gradients at one moment, asked without anything moving: its clipping, and its optimiser with the
 * moments that it has then. Owns copies of all it needs. Belongs to one thread.
 */
public final class FrozenTraining {
    private final Clip clip;
    private final Optimizer optimizer;
    private final double[] moments;
    private final long time;
    private final double scale;
    private final boolean moving;
    private final boolean streamsLanes;
    private final double[] theta;
    private final double[] scratch;

    /**
     * @param optimizer nobody else's
     * @param time time steps done
     * @param moving whether θ moves at each emission, inside a sequence
     * @param theta nobody else's
     */
    FrozenTraining(
            Clip clip,
            Optimizer optimizer,
            long time,
            double scale,
            boolean moving,
            boolean streamsLanes,
            double[] theta) {
        this.clip = clip;
        this.optimizer = optimizer;
        this.moments = optimizer.state();
        this.time = time;
        this.scale = scale;
        this.moving = moving;
        this.streamsLanes = streamsLanes;
        this.theta = theta;
        this.scratch = new double[theta.length];
    }

    /** What training divides an emission by before anything else is done with it ({@code per}). */
    public double scale() {
        return scale;
    }

    /** Whether gradients are clipped. */
    public boolean clips() {
        return !clip.equals(Clip.NONE);
    }

    /**
     * Clips a gradient.
     *
     * @param gradient {@code [P]} in the unit of {@link #scale}, overwritten
     * @return whether that changed it
     */
    public boolean clip(double[] gradient) {
        System.arraycopy(gradient, 0, scratch, 0, gradient.length);
        clip.apply(gradient);
        return !Arrays.equals(gradient, scratch);
    }

    /** Whether the optimiser's step bends with its gradient; one that does not adds no bias. */
    public boolean bends() {
        return !optimizer.affine();
    }

    /**
     * Makes a gradient the step u that the optimiser would take on it: clipped first, as in training, θ ← θ − u. What draws
     * parameters to 0 apart from the gradient is no part of it.
     *
     * @param gradient {@code [P]} in the unit of {@link #scale}, overwritten by u
     */
    public void step(double[] gradient) {
        clip.apply(gradient);
        optimizer.restore(moments);
        // From θ = 0: weight decay draws at nothing, and u is not rounded to the digits of θ.
        Arrays.fill(scratch, 0.0);
        optimizer.update(scratch, gradient, time);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = -scratch[i];
        }
    }

    /**
     * The rate at which an emission as it is, undivided, would move θ now by plain gradient descent; empty where θ rests
     * until a sequence has ended.
     */
    public OptionalDouble movingRate() {
        return moving ? OptionalDouble.of(optimizer.rate(time) / scale) : OptionalDouble.empty();
    }

    /** Whether several lanes train on a stream without end: where a flush acts, if the estimator has one. */
    public boolean streamsLanes() {
        return streamsLanes;
    }

    /** A copy of θ, {@code [P]}. */
    public double[] theta() {
        return theta.clone();
    }
}
