package org.bpttbench.experiments.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.random.Seeds;

/**
 * A task of episodes that are all made in one way, anew for training, and once for all for validation and test: those two
 * sets follow from {@link #data} alone, so that every sweep and every arm is judged on the same episodes.
 *
 * <p>Metrics follow from the loss: {@code mse} or {@code cross_entropy}, the mean over the steps that have a loss; and
 * {@code error_rate}, the share of episodes of which some prediction from {@link #judgedFrom} on is wrong. Where several
 * predictions of an episode are judged, {@code step_error_rate} is the share of those.
 */
interface EpisodeTask extends Task {
    String MSE = "mse";
    String CROSS_ENTROPY = "cross_entropy";
    String ERROR_RATE = "error_rate";
    String STEP_ERROR_RATE = "step_error_rate";

    /** Of the sets for validation and test; the digits mean nothing. */
    Seeds FIXED = Seeds.of(20_170_523L);

    /** Steps of an episode, the longest where lengths vary. */
    int steps();

    /**
     * Makes one lane's next episode.
     *
     * @param episode without any input or loss so far
     * @param random the only source of chance
     */
    void write(Episode episode, UniformRandomProvider random);

    /**
     * Makes an episode of a split's fixed set; called for the first, the second and so on.
     *
     * @param number of the episode in the set, from 0
     * @param random of the set
     */
    default void writeFixed(Episode episode, Split split, int number, UniformRandomProvider random) {
        write(episode, random);
    }

    /** Names the data: the task and every parameter that the data depend on, without a slash. */
    String data();

    /** Episodes of a set: validation is small, as it is repeated; test as large as the papers have it. */
    default int episodes(Split split) {
        return split == Split.TEST ? 10_000 : 1_000;
    }

    /** What is {@linkplain #baselines chance}: metric → value, in closed form. */
    Map<String, Double> chance();

    /** The first step whose prediction is judged right or wrong. */
    default int judgedFrom() {
        return 0;
    }

    /** Whether an episode has more than one prediction that is judged. */
    default boolean judgesSteps() {
        return false;
    }

    /** How far a real-valued prediction may be off and still count as right. */
    default double tolerance() {
        return 0.0;
    }

    @Override
    default OptionalLong episode() {
        return OptionalLong.of(steps());
    }

    @Override
    default boolean splits() {
        return true;
    }

    @Override
    default Source open(Model model, int lanes, Seeds seeds) {
        return new EpisodeSource(this, lanes, startState(model), seeds);
    }

    @Override
    default List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        if (loss() == Loss.SQUARED_ERROR) {
            metrics.add(new Metric(MSE, "", true, "mean of (prediction − target)²"));
            metrics.add(new Metric(ERROR_RATE, "", true, "share of episodes off by more than " + tolerance()));
        } else {
            metrics.add(new Metric(CROSS_ENTROPY, "nats", true, "mean of −ln p(label) over the steps with a loss"));
            metrics.add(new Metric(ERROR_RATE, "", true, "share of episodes not answered entirely right"));
        }
        if (judgesSteps()) {
            metrics.add(new Metric(STEP_ERROR_RATE, "", true, "share of the answers that are wrong"));
        }
        return metrics;
    }

    @Override
    default long evaluatedSteps(Split split) {
        return (long) episodes(split) * steps();
    }

    @Override
    default Map<String, Double> evaluate(Network network, double[] theta, Split split) {
        EpisodeScore score = new EpisodeEvaluation(this, split).of(network, EpisodeEvaluation.LANES);
        Map<String, Double> values = new LinkedHashMap<>();
        if (loss() == Loss.SQUARED_ERROR) {
            values.put(MSE, 2.0 * score.meanLoss()); // the loss is half the square
        } else {
            values.put(CROSS_ENTROPY, score.meanLoss());
        }
        values.put(ERROR_RATE, score.errorRate());
        if (judgesSteps()) {
            values.put(STEP_ERROR_RATE, score.stepErrorRate());
        }
        return values;
    }

    @Override
    default Map<String, Map<String, Double>> baselines(Split split) {
        Map<String, Double> chance = chance();
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        // In the order of the metrics: what is written of it must not depend on a map's.
        for (Metric metric : metrics()) {
            Double value = chance.get(metric.name());
            if (value != null) {
                baselines.put(metric.name(), Map.of("chance", value));
            }
        }
        return baselines;
    }
}
