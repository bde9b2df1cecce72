package org.bpttbench.experiments.task;

import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Tape;

/**
 * Endless reading of a text. Its pairs of neighbours (input, label) are divided into B equal contiguous parts, one for
 * each lane; up to B−1 pairs at the end are left out. A lane starts at a random place in its part and comes back to the
 * part's beginning when it has reached its end. Every label is thus the true next symbol, but at that jump the state
 * remembers a place that the text does not continue.
 */
final class CharacterSource implements Source {
    private final int[] text;
    private final double[] start;
    private final int part;
    private final int[] offsets;
    private long done;

    /**
     * @param text symbols, not modified
     * @param start state of one lane, not modified
     * @param seeds a lane's place is drawn from {@code offset/lane}
     * @throws IllegalArgumentException if there are more lanes than pairs
     */
    CharacterSource(int[] text, int lanes, double[] start, Seeds seeds) {
        this.text = text;
        this.start = start;
        this.part = (text.length - 1) / lanes;
        if (part < 1) {
            throw new IllegalArgumentException("lanes is " + lanes + ", but the training text has only "
                    + (text.length - 1) + " pairs of neighbouring characters");
        }
        this.offsets = new int[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            offsets[lane] = seeds.at("offset").at(lane).generator().nextInt(part);
        }
    }

    @Override
    public boolean tokens() {
        return true;
    }

    @Override
    public double[] startState() {
        return start;
    }

    @Override
    public long begin() {
        return ENDLESS;
    }

    @Override
    public void fill(Tape tape, int from, int to) {
        int row = from * tape.lanes();
        for (int k = from; k < to; k++, done++) {
            for (int lane = 0; lane < offsets.length; lane++, row++) {
                int at = lane * part + (int) ((offsets[lane] + done) % part);
                tape.tokens()[row] = text[at];
                tape.labels()[row] = text[at + 1];
                tape.masks()[row] = true;
            }
        }
    }

    @Override
    public void save(StateWriter out) {
        out.section("characters");
        out.putLong(done);
    }

    @Override
    public void load(StateReader in) {
        in.section("characters");
        done = in.readLong();
    }
}
