package org.bpttbench.experiments.task;

import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Tape;

/**
 * Prediction of a chaotic series one step ahead. The series is tanh(x − 1) at every tenth step of Euler's rule, δ = 1/10,
 * for the delay equation
 *
 * <pre>ẋ(t) = 0.2·x(t − τ) / (1 + x(t − τ)¹⁰) − 0.1·x(t)</pre>
 *
 * <p>Each lane begins with values of its own, 1.2 ± 0.1 before the start; the first 1000 units of time are left out, after
 * which it is on the attractor. τ = 17 is mildly chaotic, 30 wildly.
 *
 * <p><b>Reference.</b> Mackey &amp; Glass 1977; step, sampling and tanh as Jaeger &amp; Haas 2004, "Harnessing
 * nonlinearity", have them.
 *
 * <p><b>Departures.</b> They predict 84 steps ahead by feeding outputs back; here each step is predicted from the series
 * itself, which is easy: judge by how far below persistence a network comes.
 *
 * @param delay τ
 */
record MackeyGlass(int delay) implements EndlessTask {
    static final Entry<Task> ENTRY = new Entry<>(
            "mackey-glass",
            "prediction of a chaotic series, one step ahead",
            "Mackey & Glass 1977; Jaeger & Haas 2004",
            List.of(Parameter.integer("delay", "τ of the equation")
                    .atLeast(1)
                    .atMost(1 << 16)
                    .orElse(17L)),
            a -> new MackeyGlass(a.integer("delay")));

    private static final int STEPS_PER_UNIT = 10;
    private static final int LEFT_OUT = 1000;

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public boolean tokens() {
        return false;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public Loss loss() {
        return Loss.SQUARED_ERROR;
    }

    @Override
    public LaneStream lane(Seeds seeds) {
        return new Series(delay, seeds.generator());
    }

    /** A lane is scored once it has seen a few delays, which is what the next value follows from. */
    @Override
    public Examination examination() {
        return new Examination(16, 100, 1000);
    }

    @Override
    public List<Metric> metrics() {
        return SeriesFigures.METRICS;
    }

    private SeriesFigures series(Split split) {
        return SeriesFigures.of(examination(), examined(split));
    }

    @Override
    public Map<String, Double> figures(double loss, Split split) {
        return series(split).values(loss);
    }

    @Override
    public Map<String, Map<String, Double>> baselines(Split split) {
        return series(split).baselines();
    }

    private static final class Series implements LaneStream {
        /** x over the last delay, the oldest at {@link #oldest}; the present value is not among them. */
        private final double[] past;

        private int oldest;
        private double x;
        private double shown;

        Series(int delay, UniformRandomProvider random) {
            this.past = new double[delay * STEPS_PER_UNIT];
            for (int i = 0; i < past.length; i++) {
                past[i] = 1.2 + 0.2 * (random.nextDouble() - 0.5);
            }
            this.x = 1.2;
            for (int i = 0; i < LEFT_OUT; i++) {
                unit();
            }
            this.shown = value();
        }

        private void unit() {
            for (int i = 0; i < STEPS_PER_UNIT; i++) {
                double old = past[oldest];
                double square = old * old;
                double tenth = square * square * square * square * square;
                double slope = 0.2 * old / (1 + tenth) - 0.1 * x;
                past[oldest] = x;
                oldest = (oldest + 1) % past.length;
                x += slope / STEPS_PER_UNIT;
            }
        }

        private double value() {
            return StrictMath.tanh(x - 1);
        }

        @Override
        public void next(Tape tape, int row) {
            tape.inputs()[row] = shown;
            unit();
            shown = value();
            tape.targets()[row] = shown;
            tape.masks()[row] = true;
        }

        @Override
        public void save(StateWriter out) {
            out.section("series");
            out.putDoubles(past);
            out.putInt(oldest);
            out.putDouble(x);
            out.putDouble(shown);
        }

        @Override
        public void load(StateReader in) {
            in.section("series");
            in.readDoubles(past);
            oldest = in.readInt();
            x = in.readDouble();
            shown = in.readDouble();
        }
    }
}
