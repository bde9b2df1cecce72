package org.bpttbench.experiments.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.param.ParamBlock;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.tape.Tape;

/**
 * Compares the analytic gradient of a model with central differences, on random data with random masks, block by block.
 * The relative error of a block is ‖numeric − analytic‖/max(‖numeric‖, ‖analytic‖).
 */
public final class GradientCheck {
    private static final double STEP = 1e-5;
    /** Below it, rounding would drown the difference. */
    private static final double SHORTEST_STEP = 1e-8;

    private final Network network;
    private final Recording recording;
    private final double[] theta;

    /**
     * What one block came to.
     *
     * @param block its name
     * @param parameters in it
     * @param error relative
     */
    public record Result(String block, int parameters, double error) {}

    /** @param steps of the sequence; cost grows with steps × parameters² or so: keep it small */
    public GradientCheck(Model model, Kernels kernels, int lanes, int steps, Seeds seeds) {
        this.network = new Network(model, kernels);
        this.theta = new double[network.parameters()];
        UniformRandomProvider random = seeds.at("theta").generator();
        Arrays.setAll(theta, i -> random.nextDouble() - 0.5);
        network.load(theta);
        Source source = new RandomSource(model, seeds.at("data").generator());
        this.recording = new Recording(network, source, lanes, 0, steps);
    }

    /** One result for each parameter block. */
    public List<Result> run() {
        double[] analytic = ExactGradient.of(new FrozenRun(network, recording)).gradient();
        double[] numeric = numeric();
        List<Result> results = new ArrayList<>();
        for (ParamBlock block : network.model().layout().blocks()) {
            double difference = 0;
            double first = 0;
            double second = 0;
            for (int i = block.offset(); i < block.offset() + block.size(); i++) {
                difference += (numeric[i] - analytic[i]) * (numeric[i] - analytic[i]);
                first += numeric[i] * numeric[i];
                second += analytic[i] * analytic[i];
            }
            double scale = Math.sqrt(Math.max(first, second));
            results.add(new Result(block.name(), block.size(), scale == 0 ? 0 : Math.sqrt(difference) / scale));
        }
        return results;
    }

    private double[] numeric() {
        double[] numeric = new double[theta.length];
        Arrays.setAll(numeric, this::difference);
        network.load(theta);
        return numeric;
    }

    /**
     * The central difference along one parameter. Rectified units make the loss smooth in pieces: a difference between
     * two of them says nothing of the derivative, so the step shrinks until both ends have the same units at rest.
     */
    private double difference(int parameter) {
        double step = STEP;
        Tape above = moved(parameter, step);
        Tape below = moved(parameter, -step);
        while (step > SHORTEST_STEP && !zeros(above).equals(zeros(below))) {
            step /= 10;
            above = moved(parameter, step);
            below = moved(parameter, -step);
        }
        return (loss(above) - loss(below)) / (2 * step);
    }

    private Tape moved(int parameter, double by) {
        double[] at = theta.clone();
        at[parameter] += by;
        network.load(at);
        int steps = recording.steps();
        Tape tape = new Tape(network.model().tape(recording.lanes(), recording.tokens()), steps);
        recording.begin();
        tape.restart(recording.startState());
        recording.fill(tape, tape.append(steps), tape.end());
        network.forward(tape, 0, steps);
        network.losses(tape, 0, steps);
        return tape;
    }

    private static BitSet zeros(Tape tape) {
        BitSet zeros = new BitSet();
        for (int i = 0; i < tape.states().length; i++) {
            zeros.set(i, tape.states()[i] == 0.0);
        }
        return zeros;
    }

    /** Sum over steps, mean over lanes. */
    private double loss(Tape tape) {
        double sum = 0;
        for (int row = 0; row < recording.steps() * recording.lanes(); row++) {
            sum += tape.losses()[row];
        }
        return sum / recording.lanes();
    }

    /** Uniform noise for every input and target; about every fourth loss is masked. */
    private record RandomSource(Model model, UniformRandomProvider random) implements Source {
        @Override
        public boolean tokens() {
            return false;
        }

        @Override
        public double[] startState() {
            double[] state = new double[model.cell().stateSize()];
            Arrays.setAll(state, i -> random.nextDouble() - 0.5);
            return state;
        }

        @Override
        public long begin() {
            return ENDLESS;
        }

        @Override
        public void fill(Tape tape, int from, int to) {
            int lanes = tape.lanes();
            int inputs = tape.shape().inputs();
            int targets = tape.shape().targets();
            for (int row = from * lanes; row < to * lanes; row++) {
                noise(tape.inputs(), row * inputs, inputs);
                noise(tape.targets(), row * targets, targets);
                if (tape.shape().labels()) {
                    tape.labels()[row] = random.nextInt(tape.shape().outputs());
                }
                tape.masks()[row] = random.nextInt(4) > 0;
            }
        }

        private void noise(double[] values, int from, int count) {
            for (int i = from; i < from + count; i++) {
                values[i] = 2 * random.nextDouble() - 1;
            }
        }
    }
}
