package org.bpttbench.experiments.measure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.core.catalog.Arguments;

/**
 * The flips of a random truncation by how much they move an estimate: a histogram over the octaves of their size, in units
 * of ‖g‖². A flip at step j and age k is an event of probability π and size e, and tr Var(ĝ)/‖g‖² = Σ π·e. Large events that
 * hardly happen in a sample are variance that it has not seen: its mean is then off, and its own variance too small to show
 * it.
 *
 * <p>What is counted is segments and not flips, since a segment has many flips but one fate: a segment counts for a size if
 * any of its events is as large.
 *
 * @param lowest exponent of the first octave: octave i has the sizes from 2^(lowest+i) up to twice that
 * @param reached by octave, the expected number of segments of one draw whose largest events lie in it: those of an octave
 *     and all above reach an event of that octave or larger
 * @param cuts by octave, the expected number of cuts of one draw at its events
 * @param variance by octave, Σ π·e of its events
 * @param whole whether sizes are exact, and not those of a sketch or of a part of the links
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
public record EventSizes(int lowest, double[] reached, double[] cuts, double[] variance, boolean whole) {
    /** Segments that must be expected to reach an event of its size before its variance counts as seen. */
    static final double SEEN = 50;

    /** @throws IllegalArgumentException if the octaves are not the same in all */
    public EventSizes {
        if (reached.length != variance.length || cuts.length != variance.length) {
            throw new IllegalArgumentException(reached.length + ", " + cuts.length + " and " + variance.length
                    + " octaves: events of a histogram lie in the same");
        }
    }

    /** tr Var(ĝ)/‖g‖² of one draw; an estimate unless {@link #whole}. */
    public double total() {
        return sum(variance);
    }

    /** The share of the variance that so many draws are not expected to have seen. */
    public double unseen(long draws) {
        return unseen(List.of(this), List.of(draws));
    }

    /**
     * The same of several replicates, each in units of its own ‖g‖², pooled before events are ordered by size.
     *
     * @param draws of each
     */
    public static double unseen(List<EventSizes> replicates, List<Long> draws) {
        int lowest = replicates.stream().mapToInt(EventSizes::lowest).min().orElse(0);
        int end = replicates.stream().mapToInt(EventSizes::end).max().orElse(lowest);
        double total = 0;
        double unseen = 0;
        double expected = 0;
        for (int octave = end - 1; octave >= lowest; octave--) {
            double here = 0;
            for (int r = 0; r < replicates.size(); r++) {
                EventSizes each = replicates.get(r);
                expected += draws.get(r) * each.counted(octave);
                here += each.at(each.variance, octave);
            }
            total += here;
            unseen += expected < SEEN ? here : 0.0;
        }
        return total > 0 ? unseen / total : 0.0;
    }

    /** The fewest draws by which no more than this share of the variance is unseen; infinite if none are enough. */
    double drawsToSee(double share) {
        double total = total();
        double unseen = 0;
        double expected = 0;
        for (int octave = end() - 1; octave >= lowest; octave--) {
            expected += counted(octave);
            unseen += at(variance, octave);
            if (unseen > share * total) {
                return Math.ceil(SEEN / expected);
            }
        }
        return 0;
    }

    private double counted(int octave) {
        return at(reached, octave);
    }

    private int end() {
        return lowest + variance.length;
    }

    private double at(double[] values, int octave) {
        return octave >= lowest && octave < end() ? values[octave - lowest] : 0.0;
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("lowest", (long) lowest);
        tree.put("reached", Doubles.encode(reached));
        tree.put("cuts", Doubles.encode(cuts));
        tree.put("variance", Doubles.encode(variance));
        tree.put("whole", whole);
        return tree;
    }

    /** @throws IllegalArgumentException if it is not what {@link #toTree} gives */
    static EventSizes of(Arguments tree) {
        return new EventSizes(
                tree.integer("lowest"),
                Doubles.decode(tree.text("reached")),
                Doubles.decode(tree.text("cuts")),
                Doubles.decode(tree.text("variance")),
                tree.flag("whole"));
    }
}
