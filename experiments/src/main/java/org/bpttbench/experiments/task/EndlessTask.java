package org.bpttbench.experiments.task;

import java.util.Map;
import java.util.OptionalLong;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.random.Seeds;

/**
 * A task whose data are made up as they are needed and never end. A lane's stream comes from seeds of its own, so it is the
 * same for any number of lanes. Validation and test streams are fixed: everybody is judged on the same data, whatever seeds
 * trained.
 */
interface EndlessTask extends Task {
    /** The stream of one lane, at its start. */
    LaneStream lane(Seeds seeds);

    /** How much of the fixed streams is read. */
    Examination examination();

    /**
     * The metrics of a network.
     *
     * @param loss its mean loss in the examination
     * @return metric name → value
     */
    Map<String, Double> figures(double loss, Split split);

    @Override
    default OptionalLong episode() {
        return OptionalLong.empty();
    }

    @Override
    default boolean splits() {
        return true;
    }

    @Override
    default Source open(Model model, int lanes, Seeds seeds) {
        return source(lanes, startState(model), seeds);
    }

    private Source source(int lanes, double[] start, Seeds seeds) {
        LaneStream[] streams = new LaneStream[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            streams[lane] = lane(seeds.at("lane").at(lane));
        }
        return new EndlessSource(tokens(), start, streams);
    }

    /**
     * The fixed stream of a split, at its start.
     *
     * @param start state of one lane, not modified
     */
    default Source examined(Split split, double... start) {
        return source(
                examination().lanes(), start, Seeds.of(0).at("examination").at(split.key()));
    }

    @Override
    default long evaluatedSteps(Split split) {
        return examination().laneSteps();
    }

    @Override
    default Map<String, Double> evaluate(Network network, double[] theta, Split split) {
        Source source = examined(split, startState(network.model()));
        return figures(examination().meanLoss(network, source), split);
    }
}
