package org.bpttbench.experiments.task;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.experiments.data.Heartbeats;

/**
 * Prediction of a measured electrocardiogram one sample ahead. The 108,000 samples are split 90/5/5 into contiguous parts
 * and standardised with the mean and the standard deviation of the training part. For training, that part is divided into
 * B equal parts, one for each lane, which starts at a random place in it and goes round, as {@code char-lm} does. An
 * examination reads a part once, in one lane.
 *
 * <p><b>Reference.</b> MIT-BIH Arrhythmia Database, record 208: Moody &amp; Mark 2001.
 */
final class Electrocardiogram implements Task {
    static final Entry<Task> ENTRY = new Entry<>(
            "ecg",
            "prediction of an electrocardiogram, one sample ahead",
            "Moody & Mark 2001, MIT-BIH Arrhythmia Database, record 208",
            List.of(),
            arguments -> new Electrocardiogram());

    private static final int TRAIN_PERCENT = 90;
    private static final int TRAIN_AND_VALID_PERCENT = 95;

    static double[] part(Split split) {
        double[] raw = Heartbeats.millivolts();
        int validFrom = raw.length * TRAIN_PERCENT / 100;
        int testFrom = raw.length * TRAIN_AND_VALID_PERCENT / 100;
        double mean = Arrays.stream(raw, 0, validFrom).sum() / validFrom;
        double variance = Arrays.stream(raw, 0, validFrom)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / validFrom;
        double deviation = Math.sqrt(variance);
        int from = split == Split.TRAIN ? 0 : split == Split.VALID ? validFrom : testFrom;
        int to = split == Split.TRAIN ? validFrom : split == Split.VALID ? testFrom : raw.length;
        return Arrays.stream(raw, from, to)
                .map(value -> (value - mean) / deviation)
                .toArray();
    }

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
    public OptionalLong episode() {
        return OptionalLong.empty();
    }

    @Override
    public boolean splits() {
        return true;
    }

    @Override
    public Source open(Model model, int lanes, Seeds seeds) {
        double[] train = part(Split.TRAIN);
        int pairs = (train.length - 1) / lanes;
        if (pairs < 1) {
            throw new IllegalArgumentException("lanes is " + lanes + ", but the training part has only "
                    + (train.length - 1) + " pairs of neighbouring samples");
        }
        LaneStream[] streams = new LaneStream[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            int offset = seeds.at("offset").at(lane).generator().nextInt(pairs);
            streams[lane] = new Round(train, lane * pairs, pairs, offset);
        }
        return new EndlessSource(false, startState(model), streams);
    }

    private static Source examined(double[] part, double... start) {
        return new EndlessSource(false, start, new Round(part, 0, part.length - 1, 0));
    }

    private static Examination examination(double[] part) {
        return new Examination(1, 0, part.length - 1);
    }

    @Override
    public List<Metric> metrics() {
        return SeriesFigures.METRICS;
    }

    @Override
    public long evaluatedSteps(Split split) {
        return examination(part(split)).laneSteps();
    }

    @Override
    public Map<String, Double> evaluate(Network network, double[] theta, Split split) {
        double[] part = part(split);
        Source source = examined(part, startState(network.model()));
        double loss = examination(part).meanLoss(network, source);
        return SeriesFigures.of(examination(part), examined(part)).values(loss);
    }

    @Override
    public Map<String, Map<String, Double>> baselines(Split split) {
        double[] part = part(split);
        return SeriesFigures.of(examination(part), examined(part)).baselines();
    }

    @Override
    public String dataHash() {
        return Heartbeats.hash();
    }

    /** Goes round a piece of a series: at its end it comes back to its beginning. */
    private static final class Round implements LaneStream {
        private final double[] series;
        private final int from;
        private final int pairs;
        private int at;

        Round(double[] series, int from, int pairs, int at) {
            this.series = series;
            this.from = from;
            this.pairs = pairs;
            this.at = at;
        }

        @Override
        public void next(Tape tape, int row) {
            tape.inputs()[row] = series[from + at];
            tape.targets()[row] = series[from + at + 1];
            tape.masks()[row] = true;
            at = (at + 1) % pairs;
        }

        @Override
        public void save(StateWriter out) {
            out.section("round");
            out.putInt(at);
        }

        @Override
        public void load(StateReader in) {
            in.section("round");
            at = in.readInt();
        }
    }
}
