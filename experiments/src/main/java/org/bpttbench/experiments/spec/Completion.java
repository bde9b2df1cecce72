package org.bpttbench.experiments.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.spec.SettingCheck.Objection;
import org.jspecify.annotations.Nullable;

/**
 * What one section of a setting takes from another: lengths from the episode, the end from the training, splits from the
 * task. Completes the tree in place, so that two ways of writing one thing have one hash.
 */
final class Completion {
    /** The word for the last time step of training. */
    static final String END = "end";

    /** Some centuries of work; beyond, steps cannot be counted on to the end of an episode. */
    private static final long MOST_STEPS = 1_000_000_000_000_000L;

    /** Each is a line of curves.csv for every metric. */
    private static final long MOST_CHECKPOINTS = 100_000;

    private final Map<String, Object> tree;
    private final Node.Mapping written;
    private final TaskTraits task;
    private final String taskName;
    private final List<Objection> objections = new ArrayList<>();

    private Completion(Map<String, Object> tree, Node.Mapping written, TaskTraits task) {
        this.tree = tree;
        this.written = written;
        this.task = task;
        this.taskName = String.valueOf(Trees.find(tree, "task.type").orElse(""));
    }

    /**
     * @param tree resolved, completed here
     * @param written what it was resolved from
     */
    static List<Objection> complete(Map<String, Object> tree, Node.Mapping written, TaskTraits task) {
        Completion completion = new Completion(tree, written, task);
        completion.model();
        completion.train();
        completion.bias();
        completion.accuracy();
        completion.dropEmptyMeasure();
        return completion.objections;
    }

    private void model() {
        if (task.ownSystem() && tree.containsKey("model")) {
            object("model", "task '" + taskName + "' brings its own system: leave 'model' out");
        } else if (!task.ownSystem() && !tree.containsKey("model")) {
            object("task", "missing key 'model': task '" + taskName + "' brings no system of its own");
        }
    }

    private void train() {
        Map<String, Object> train = section("train");
        if (train == null) {
            return;
        }
        episodeLength("train.sequence", train, "sequence");
        if (train.get("steps") instanceof Long steps && steps > MOST_STEPS) {
            object("train.steps", "train.steps is " + steps + ": must be at most " + MOST_STEPS);
        }
        if ("sequence".equals(train.get("update")) && !train.containsKey("sequence")) {
            object("train.update", "train.update is 'sequence': an endless stream then needs train.sequence");
        }
    }

    private void bias() {
        Map<String, Object> bias = section("measure.bias");
        if (bias == null) {
            return;
        }
        episodeLength("measure.bias.length", bias, "length");
        if (!bias.containsKey("length")) {
            object(
                    "measure.bias",
                    "missing key 'length' in measure.bias: task '" + taskName + "' is an endless stream");
        }
        if ("exact".equals(bias.get("method"))) {
            bias.remove("draws");
            if (written.find("measure.bias.draws") != null) {
                object("measure.bias.draws", "measure.bias.draws has no meaning with method exact: leave it out");
            }
        }
        checkpoints(bias);
    }

    /** An episodic task sets the length; an endless one leaves it to the file. */
    private void episodeLength(String path, Map<String, Object> section, String key) {
        OptionalLong episode = task.episode();
        if (episode.isEmpty()) {
            return;
        }
        Object given = section.get(key);
        if (given != null && !given.equals(episode.getAsLong())) {
            object(
                    path,
                    path + " is '" + given + "': an episode of task '" + taskName + "' has " + episode.getAsLong()
                            + " steps; leave it out");
        }
        section.put(key, episode.getAsLong());
    }

    /** Written as steps in ascending order, the end as the step it is. */
    private void checkpoints(Map<String, Object> bias) {
        long end = Trees.find(tree, "train.steps").map(Long.class::cast).orElse(0L);
        List<?> given = new Arguments(bias).list("at");
        TreeSet<Long> steps = new TreeSet<>();
        for (Object checkpoint : given) {
            steps.add(checkpoint.equals(END) ? end : (Long) checkpoint);
        }
        if (given.stream().distinct().count() < given.size()) {
            object("measure.bias.at", "measure.bias.at names a step twice");
        }
        if (steps.last() > end) {
            String limit = end == 0 ? "must be 0, there is no training" : "must be at most " + end + ", train.steps";
            object("measure.bias.at", "measure.bias.at names " + steps.last() + ": " + limit);
        }
        bias.put("at", List.copyOf(steps));
    }

    private void accuracy() {
        Map<String, Object> accuracy = section("measure.accuracy");
        if (accuracy == null) {
            return;
        }
        long steps = Trees.find(tree, "train.steps").map(Long.class::cast).orElse(0L);
        if (accuracy.get("every") instanceof Long every && steps / every > MOST_CHECKPOINTS) {
            object(
                    "measure.accuracy.every",
                    "measure.accuracy.every is " + every + ": " + steps + " steps make more than " + MOST_CHECKPOINTS
                            + " checkpoints of that");
        }
        if (task.splits()) {
            accuracy.putIfAbsent("on", "valid");
        } else if (accuracy.containsKey("on")) {
            object("measure.accuracy.on", "task '" + taskName + "' has no splits: leave 'on' out");
        }
    }

    private void dropEmptyMeasure() {
        Map<String, Object> measure = section("measure");
        if (measure != null && measure.isEmpty()) {
            tree.remove("measure");
        }
    }

    private @Nullable Map<String, Object> section(String path) {
        return Trees.map(Trees.find(tree, path).orElse(null));
    }

    private void object(String path, String message) {
        objections.add(Objection.error(path, message));
    }
}
