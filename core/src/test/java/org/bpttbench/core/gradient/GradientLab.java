package org.bpttbench.core.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.core.tape.TapeShape;

/**
 * A random network and one random sequence: everything that a gradient is a function of. Immutable; a {@code with…} method
 * gives another lab, and every run opens a network of its own.
 */
public final class GradientLab {
    private final String name;
    private final Model model;
    private final boolean tokens;
    private final int lanes;
    private final double[] theta;
    private final double[] start;
    private final RandomData data;
    private final Kernels kernels;

    private GradientLab(
            String name,
            Model model,
            boolean tokens,
            int lanes,
            double[] theta,
            double[] start,
            RandomData data,
            Kernels kernels) {
        this.name = name;
        this.model = model;
        this.tokens = tokens;
        this.lanes = lanes;
        this.theta = theta;
        this.start = start;
        this.data = data;
        this.kernels = kernels;
    }

    /**
     * A lab whose numbers follow from its name alone. Drawn again until some lane with a loss has an output without
     * zeros: rectified units can all be at rest, and then there is no gradient to compare.
     *
     * @param tokens whether inputs are symbols
     */
    public static GradientLab of(String name, Model model, boolean tokens, Masks masks, int lanes, int steps) {
        Seeds seeds = Seeds.of(1).at(name);
        GradientLab lab = draw(name, model, tokens, masks, lanes, steps, seeds);
        for (int again = 1; !lab.isAlive(); again++) {
            lab = draw(
                    name, model, tokens, masks, lanes, steps, seeds.at("again").at(again));
        }
        return lab;
    }

    private static GradientLab draw(
            String name, Model model, boolean tokens, Masks masks, int lanes, int steps, Seeds seeds) {
        double[] theta = uniform(seeds.at("theta").generator(), model.layout().size());
        double[] start =
                uniform(seeds.at("start").generator(), lanes * model.cell().stateSize());
        TapeShape shape = model.tape(lanes, tokens);
        RandomData data = RandomData.of(shape, steps, masks, seeds.at("data").generator());
        return new GradientLab(name, model, tokens, lanes, theta, start, data, PlainKernels.INSTANCE);
    }

    private boolean isAlive() {
        Tape tape = run(network());
        boolean hasLoss = false;
        for (int row = 0; row < steps() * lanes; row++) {
            if (tape.masks()[row]) {
                hasLoss = true;
                double[] state =
                        Vectors.row(tape.states(), row + lanes, tape.shape().states());
                if (Arrays.stream(state, 0, tape.shape().features()).allMatch(x -> x != 0.0)) {
                    return true;
                }
            }
        }
        return !hasLoss;
    }

    private static double[] uniform(UniformRandomProvider random, int size) {
        return random.doubles(size, -0.8, 0.8).toArray();
    }

    public GradientLab withTheta(double[] other) {
        return new GradientLab(name, model, tokens, lanes, other.clone(), start, data, kernels);
    }

    /** From another state: of one lane and given to every lane, or lane by lane. */
    public GradientLab withStart(double... state) {
        return new GradientLab(name, model, tokens, lanes, theta, state.clone(), data, kernels);
    }

    public GradientLab withKernels(Kernels others) {
        return new GradientLab(name, model, tokens, lanes, theta, start, data, others);
    }

    /** One of the lanes alone. */
    public GradientLab lane(int lane) {
        int width = model.cell().stateSize();
        double[] own = start.length == width ? start : Vectors.row(start, lane, width);
        return new GradientLab(name, model, tokens, 1, theta, own, data.lane(lane), kernels);
    }

    /** The steps {@code [from, to)} alone, from the state in which the steps before leave it. */
    public GradientLab slice(int from, int to) {
        int width = lanes * model.cell().stateSize();
        double[] state = Vectors.row(run(network()).states(), from, width);
        return new GradientLab(name, model, tokens, lanes, theta, state, data.slice(from, to), kernels);
    }

    /** The same with each symbol written as a vector. */
    public GradientLab oneHot() {
        return new GradientLab(name, model, false, lanes, theta, start, data.oneHot(), kernels);
    }

    public Model model() {
        return model;
    }

    public int lanes() {
        return lanes;
    }

    public int steps() {
        return data.steps();
    }

    public boolean tokens() {
        return tokens;
    }

    public double[] theta() {
        return theta.clone();
    }

    /** Whether any lane has a loss at the step. */
    public boolean hasLoss(int step) {
        for (int lane = 0; lane < lanes; lane++) {
            if (data.masked(step, lane)) {
                return true;
            }
        }
        return false;
    }

    /** A network with this lab's weights. */
    public Network network() {
        Network network = new Network(model, kernels);
        network.load(theta);
        return network;
    }

    /** The sequence run forward, losses included: step k is slot k. */
    public Tape run(Network network) {
        Tape tape = new Tape(model.tape(lanes, tokens), steps());
        tape.restart(start);
        tape.append(steps());
        data.fill(tape, 0, 0, steps());
        network.forward(tape, 0, steps());
        network.losses(tape, 0, steps());
        return tape;
    }

    /** Σ_t of the mean over lanes of ℓ_t. */
    public double loss() {
        return loss(run(network()));
    }

    /** The loss of a tape that {@link #run} returned. */
    public static double loss(Tape tape) {
        return Arrays.stream(tape.losses()).sum() / tape.lanes();
    }

    /** The exact gradient: one window over everything, all carries 1. */
    public double[] gradient() {
        Network network = network();
        Tape tape = run(network);
        Window window = new Window(lanes, 1);
        window.reset(steps(), 0);
        double[] gradient = new double[network.parameters()];
        double[] adjoint = new double[lanes * model.cell().stateSize()];
        new BackwardPass(network, lanes, 1).run(tape, 0, window, adjoint, gradient);
        return gradient;
    }

    /** The sequence as an episode, over and over again. */
    public Source episodes() {
        return new Reader(false);
    }

    /** The sequence as a part of a stream without end; there is no more of it than {@link #steps}. */
    public Source endless() {
        return new Reader(true);
    }

    private final class Reader implements Source {
        private final boolean endless;
        private int done;

        Reader(boolean endless) {
            this.endless = endless;
        }

        @Override
        public boolean tokens() {
            return tokens;
        }

        @Override
        public double[] startState() {
            return start;
        }

        @Override
        public long begin() {
            done = endless ? done : 0;
            return endless ? ENDLESS : steps();
        }

        @Override
        public void fill(Tape tape, int from, int to) {
            data.fill(tape, done, from, to);
            done += to - from;
        }

        @Override
        public void save(StateWriter out) {
            out.putInt(done);
        }

        @Override
        public void load(StateReader in) {
            done = in.readInt();
        }
    }

    /** The estimator on episodes without end, a draw for each coin. */
    public GradientStream open(GradientEstimator estimator, Coin... coins) {
        StreamPlan plan = new StreamPlan(lanes, coins.length, Long.MAX_VALUE, steps(), false);
        return estimator.open(network(), episodes(), plan, List.of(coins));
    }

    /**
     * The estimator in training, where these steps are all there is of an endless stream, in sequences of the given length.
     * The weights stay.
     */
    public GradientStream train(GradientEstimator estimator, long sequence, Coin... coins) {
        StreamPlan plan = new StreamPlan(lanes, coins.length, steps(), sequence, true);
        return estimator.open(network(), endless(), plan, List.of(coins));
    }

    /** What the estimator emits over one episode, one after the other, each {@code [R×P]}. */
    public List<double[]> emissions(GradientEstimator estimator, Coin... coins) {
        List<double[]> emissions = new ArrayList<>();
        open(estimator, coins).advance(steps(), (gradient, window) -> emissions.add(gradient.clone()));
        return emissions;
    }

    /** The estimate {@code [R×P]} of one episode: the sum of all emissions. */
    public double[] estimate(GradientEstimator estimator, Coin... coins) {
        double[] sum = new double[coins.length * theta.length];
        open(estimator, coins).advance(steps(), (gradient, window) -> Vectors.add(1.0, gradient, sum));
        return sum;
    }

    @Override
    public String toString() {
        return name;
    }
}
