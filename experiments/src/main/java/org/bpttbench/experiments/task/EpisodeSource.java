package org.bpttbench.experiments.task;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.random.Generators;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Tape;

/**
 * Episodes without end, new ones in every lane at each {@link #begin}. A lane has a random stream of its own,
 * {@code lane/i}, so that what it sees depends neither on how many lanes there are nor on who reads them.
 */
final class EpisodeSource implements Source {
    private final EpisodeTask task;
    private final double[] start;
    private final List<Episode> episodes = new ArrayList<>();
    private final List<UniformRandomProvider> randoms = new ArrayList<>();
    private int played;

    /** @param start state of one lane, not modified */
    EpisodeSource(EpisodeTask task, int lanes, double[] start, Seeds seeds) {
        this.task = task;
        this.start = start;
        for (int lane = 0; lane < lanes; lane++) {
            episodes.add(new Episode(task));
            randoms.add(seeds.at("lane").at(lane).generator());
        }
    }

    @Override
    public boolean tokens() {
        return task.tokens();
    }

    @Override
    public double[] startState() {
        return start;
    }

    @Override
    public long begin() {
        for (int lane = 0; lane < episodes.size(); lane++) {
            episodes.get(lane).clear();
            task.write(episodes.get(lane), randoms.get(lane));
        }
        played = 0;
        return task.steps();
    }

    @Override
    public void fill(Tape tape, int from, int to) {
        for (int slot = from; slot < to; slot++, played++) {
            for (int lane = 0; lane < episodes.size(); lane++) {
                episodes.get(lane).copy(played, tape, slot, lane);
            }
        }
    }

    @Override
    public void save(StateWriter out) {
        out.section("episodes");
        out.putInt(played);
        for (int lane = 0; lane < episodes.size(); lane++) {
            episodes.get(lane).save(out);
            Generators.save(randoms.get(lane), out);
        }
    }

    @Override
    public void load(StateReader in) {
        in.section("episodes");
        played = in.readInt();
        for (int lane = 0; lane < episodes.size(); lane++) {
            episodes.get(lane).load(in);
            Generators.load(randoms.get(lane), in);
        }
    }
}
