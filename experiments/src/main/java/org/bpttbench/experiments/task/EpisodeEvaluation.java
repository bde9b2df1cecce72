package org.bpttbench.experiments.task;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.tape.Tape;

/**
 * Runs a network over the fixed episodes of a split, a batch of lanes at a time, each from the start state. The episodes
 * are made again at every evaluation, one after another from one random stream: they need no memory and do not depend on
 * the batch.
 */
final class EpisodeEvaluation {
    /** Episodes run side by side. */
    static final int LANES = 50;

    /** Steps run forward at a time. */
    private static final int STRETCH = 32;

    private final EpisodeTask task;
    private final Split split;
    private final int episodes;
    private final UniformRandomProvider random;
    private int made;

    EpisodeEvaluation(EpisodeTask task, Split split) {
        this.task = task;
        this.split = split;
        this.episodes = task.episodes(split);
        this.random = EpisodeTask.FIXED.at(task.data()).at(split.key()).generator();
    }

    /** The next episode of the set. */
    void next(Episode episode) {
        episode.clear();
        task.writeFixed(episode, split, made++, random);
    }

    /**
     * @param network with θ loaded
     * @param lanes episodes run side by side; counts are the same for any number
     */
    EpisodeScore of(Network network, int lanes) {
        // Room for two stretches: then the tape slides and never grows.
        Tape tape = new Tape(network.model().tape(lanes, task.tokens()), 2 * STRETCH);
        List<Episode> batch = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            batch.add(new Episode(task));
        }
        EpisodeScore score = new EpisodeScore(task);
        double[] start = task.startState(network.model());
        for (int done = 0; done < episodes; done += lanes) {
            int count = Math.min(lanes, episodes - done);
            for (int lane = 0; lane < count; lane++) {
                next(batch.get(lane));
            }
            tape.restart(start);
            run(network, tape, batch, count, score);
        }
        return score;
    }

    /** @param count lanes that count; in the last batch some may be left over */
    private void run(Network network, Tape tape, List<Episode> batch, int count, EpisodeScore score) {
        boolean[] wrong = new boolean[count];
        for (int done = 0; done < task.steps(); done += STRETCH) {
            tape.keepLast(0);
            int from = tape.append(Math.min(STRETCH, task.steps() - done));
            for (int slot = from; slot < tape.end(); slot++) {
                for (int lane = 0; lane < tape.lanes(); lane++) {
                    batch.get(lane).copy(done + slot - from, tape, slot, lane);
                }
            }
            network.forward(tape, from, tape.end());
            network.readout().losses(tape, from, tape.end());
            for (int slot = from; slot < tape.end(); slot++) {
                for (int lane = 0; lane < count; lane++) {
                    wrong[lane] |= score.add(tape, slot * tape.lanes() + lane, done + slot - from);
                }
            }
        }
        for (boolean any : wrong) {
            score.end(any);
        }
    }
}
