package org.bpttbench.experiments.task;

import org.bpttbench.core.tape.Tape;

/** What a network scores on a set of episodes, added up step by step from what the head leaves on the tape. */
final class EpisodeScore {
    /** Probabilities that differ by less are equal: what is read back from their derivatives is rounded. */
    private static final double SAME = 1e-12;

    private final EpisodeTask task;
    private double lossSum;
    private long scored;
    private long judged;
    private long wrong;
    private long episodes;
    private long failed;

    EpisodeScore(EpisodeTask task) {
        this.task = task;
    }

    /**
     * Adds a lane's step, losses done.
     *
     * @param step of the episode
     * @return whether its prediction is judged wrong
     */
    boolean add(Tape tape, int row, int step) {
        if (!tape.masks()[row]) {
            return false;
        }
        lossSum += tape.losses()[row];
        scored++;
        if (step < task.judgedFrom()) {
            return false;
        }
        judged++;
        boolean right = tape.shape().labels() ? mostProbable(tape, row) : near(tape, row, task.tolerance());
        wrong += right ? 0 : 1;
        return !right;
    }

    /** Adds an episode whose steps are added. */
    void end(boolean anyWrong) {
        episodes++;
        failed += anyWrong ? 1 : 0;
    }

    /** Whether no class is given a larger probability than the label; of equals the first is taken. */
    private static boolean mostProbable(Tape tape, int row) {
        int width = tape.shape().outputs();
        int label = tape.labels()[row];
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < width; i++) {
            // ∂ℓ/∂y is the probability less 1 at the label, and stands on the tape divided by the lanes.
            double probability = tape.outputDeltas()[row * width + i] * tape.lanes() + (i == label ? 1.0 : 0.0);
            if (probability > highest + SAME) {
                highest = probability;
                best = i;
            }
        }
        return best == label;
    }

    private static boolean near(Tape tape, int row, double tolerance) {
        int width = tape.shape().outputs();
        for (int i = 0; i < width; i++) {
            double error = tape.outputDeltas()[row * width + i] * tape.lanes();
            if (!(Math.abs(error) <= tolerance)) {
                return false;
            }
        }
        return true;
    }

    /** Mean over the steps that have a loss. */
    double meanLoss() {
        return lossSum / scored;
    }

    /** Share of episodes with a wrong prediction. */
    double errorRate() {
        return (double) failed / episodes;
    }

    /** Share of judged predictions that are wrong. */
    double stepErrorRate() {
        return (double) wrong / judged;
    }

    long episodes() {
        return episodes;
    }
}
