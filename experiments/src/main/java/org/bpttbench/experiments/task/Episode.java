package org.bpttbench.experiments.task;

import java.util.Arrays;
import org.bpttbench.core.state.Checkpointed;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Tape;

/**
 * One lane's episode while it is being written and read: inputs or symbols, targets or labels, masks. A step that nobody
 * writes has an input of zeros and no loss, which is also how episodes shorter than the longest are padded.
 */
final class Episode implements Checkpointed {
    private final int steps;
    private final int inputWidth;
    private final int targetWidth;
    private final double[] inputs;
    private final int[] tokens;
    private final double[] targets;
    private final int[] labels;
    private final boolean[] masks;

    Episode(EpisodeTask task) {
        this.steps = task.steps();
        this.inputWidth = task.tokens() ? 0 : task.inputs();
        this.targetWidth = task.loss().targets(task.outputs());
        this.inputs = new double[Math.multiplyExact(steps, inputWidth)];
        this.tokens = new int[task.tokens() ? steps : 0];
        this.targets = new double[Math.multiplyExact(steps, targetWidth)];
        this.labels = new int[task.loss().labels() ? steps : 0];
        this.masks = new boolean[steps];
        clear();
    }

    /** No input, no loss at any step. */
    void clear() {
        Arrays.fill(inputs, 0.0);
        Arrays.fill(tokens, -1);
        Arrays.fill(targets, 0.0);
        Arrays.fill(labels, 0);
        Arrays.fill(masks, false);
    }

    int steps() {
        return steps;
    }

    /** Sets one entry of a step's input. */
    void input(int step, int entry, double value) {
        inputs[step * inputWidth + entry] = value;
    }

    double input(int step, int entry) {
        return inputs[step * inputWidth + entry];
    }

    /** Sets a step's symbol. */
    void token(int step, int symbol) {
        tokens[step] = symbol;
    }

    int token(int step) {
        return tokens[step];
    }

    /** Gives a step a loss with this target. */
    void target(int step, double... target) {
        System.arraycopy(target, 0, targets, step * targetWidth, targetWidth);
        masks[step] = true;
    }

    double target(int step, int entry) {
        return targets[step * targetWidth + entry];
    }

    /** Gives a step a loss with this class. */
    void label(int step, int label) {
        labels[step] = label;
        masks[step] = true;
    }

    int label(int step) {
        return labels[step];
    }

    /** Whether a step has a loss. */
    boolean scored(int step) {
        return masks[step];
    }

    /** Copies a step into a lane of a slot. */
    void copy(int step, Tape tape, int slot, int lane) {
        int row = slot * tape.lanes() + lane;
        if (tokens.length > 0) {
            tape.tokens()[row] = tokens[step];
        } else {
            System.arraycopy(inputs, step * inputWidth, tape.inputs(), row * inputWidth, inputWidth);
        }
        if (labels.length > 0) {
            tape.labels()[row] = labels[step];
        } else {
            System.arraycopy(targets, step * targetWidth, tape.targets(), row * targetWidth, targetWidth);
        }
        tape.masks()[row] = masks[step];
    }

    @Override
    public void save(StateWriter out) {
        out.section("episode");
        out.putDoubles(inputs);
        out.putInts(tokens);
        out.putDoubles(targets);
        out.putInts(labels);
        out.putBooleans(masks);
    }

    @Override
    public void load(StateReader in) {
        in.section("episode");
        in.readDoubles(inputs);
        in.readInts(tokens);
        in.readDoubles(targets);
        in.readInts(labels);
        in.readBooleans(masks);
    }
}
