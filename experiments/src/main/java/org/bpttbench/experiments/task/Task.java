package org.bpttbench.experiments.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.random.Seeds;

/** What is to be learnt: where the steps come from and how well a network does. Immutable; shared by threads. */
public interface Task {
    /** The model that the task brings with it; empty where a sweep file must give one. */
    default Optional<Model> system() {
        return Optional.empty();
    }

    /** Width of the input, or the number of symbols where {@link #tokens}. */
    int inputs();

    /** Whether inputs are symbols rather than vectors. */
    boolean tokens();

    /** Width of the prediction. */
    int outputs();

    Loss loss();

    /** Steps of an episode, all of the same length; empty for an endless stream. */
    OptionalLong episode();

    /** The state, of one lane, that a stream and every episode starts from. */
    default double[] startState(Model model) {
        return new double[model.cell().stateSize()];
    }

    /** Whether there are validation and test data; metrics are then named {@code valid.…} and {@code test.…}. */
    default boolean splits() {
        return false;
    }

    /**
     * Steps for training or for a measurement.
     *
     * @param model whose start state is meant
     * @param seeds where all of the source's chance comes from
     */
    Source open(Model model, int lanes, Seeds seeds);

    /** What {@link #evaluate} gives, in order. */
    List<Metric> metrics();

    /**
     * Judges a network.
     *
     * @param network with θ loaded
     * @param theta {@code [P]}, not modified
     * @param split which data; tasks without splits ignore it
     * @return metric name → value
     */
    Map<String, Double> evaluate(Network network, double[] theta, Split split);

    /** Steps, summed over lanes, that {@link #evaluate} runs forward: how much work it is. */
    default long evaluatedSteps(Split split) {
        return 0;
    }

    /** When the task counts as solved; empty where no paper says so. */
    default Optional<Success> success() {
        return Optional.empty();
    }

    /** The most steps between an input and a loss that needs it; empty where there is no such number. */
    default OptionalLong memoryLag() {
        return OptionalLong.empty();
    }

    /**
     * What simple methods reach on the same data, for comparison: metric name → method → value; empty where there is
     * nothing to compare with. The method {@code chance} is the best that can be done without using the inputs.
     */
    default Map<String, Map<String, Double>> baselines(Split split) {
        return Map.of();
    }

    /** Content hash of the data that the task reads, empty for made-up data; it enters a run's identity. */
    default String dataHash() {
        return "";
    }
}
