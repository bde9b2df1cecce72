package org.bpttbench.experiments.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.core.tape.TapeShape;

/**
 * How well the next value of a series is predicted, and how well by those who do not learn. The normalised error is the
 * root of the mean square over the standard deviation of what was to be predicted: 1 is the error of its mean.
 */
final class SeriesFigures implements Examination.Reader {
    private static final String NRMSE = "nrmse";
    private static final String MSE = "mse";

    static final List<Metric> METRICS = List.of(
            new Metric(NRMSE, "", true, "√mse over the standard deviation of the targets"),
            new Metric(MSE, "", true, "mean of (prediction − target)²"));

    private long count;
    private double mean;
    private double squares;
    private double moves;

    private SeriesFigures() {}

    /** @param source at its start, of as many lanes: real inputs and targets of width 1, a loss at every step */
    static SeriesFigures of(Examination examination, Source source) {
        SeriesFigures figures = new SeriesFigures();
        TapeShape shape = new TapeShape(examination.lanes(), 1, false, 0, 0, 0, 1, 1, false);
        examination.read(new Tape(shape, 0), source, (tape, from, to) -> {}, figures);
        return figures;
    }

    @Override
    public void read(Tape tape, int from, int to) {
        for (int row = from * tape.lanes(); row < to * tape.lanes(); row++) {
            double target = tape.targets()[row];
            double move = target - tape.inputs()[row];
            moves = Math.fma(move, move, moves);
            count++;
            double off = target - mean;
            mean += off / count;
            squares = Math.fma(off, target - mean, squares);
        }
    }

    private Map<String, Double> both(double mse) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(NRMSE, Math.sqrt(mse / (squares / count)));
        values.put(MSE, mse);
        return values;
    }

    /** @param loss mean of half the squared error */
    Map<String, Double> values(double loss) {
        return both(2 * loss);
    }

    /** {@code chance} predicts the mean of what comes, {@code persistence} that the value stays as it is. */
    Map<String, Map<String, Double>> baselines() {
        Map<String, Double> chance = both(squares / count);
        Map<String, Double> persistence = both(moves / count);
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        for (Metric metric : METRICS) {
            Map<String, Double> methods = new LinkedHashMap<>();
            methods.put("chance", chance.getOrDefault(metric.name(), Double.NaN));
            methods.put("persistence", persistence.getOrDefault(metric.name(), Double.NaN));
            all.put(metric.name(), methods);
        }
        return all;
    }
}
