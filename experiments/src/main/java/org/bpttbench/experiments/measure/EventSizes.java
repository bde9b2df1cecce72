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
 * it. Two questions tell whether they do.
 *
 * <p><b>Do segments get there?</b> What is counted is segments and not flips, since a segment has many flips but one fate: a
 * segment counts for a size if any of its events is as large. See {@link #unseen}.
 *
 * <p><b>Do flips fall both ways?</b> Every segment gets to a link that is hardly ever cut, and yet no draw may show the cut.
 * An increment is −h with probability c, else h·c/(1 − c): its mean square is e = ‖h‖²·c/(1 − c), its mean fourth power e²·κ with
 *
 * <pre>κ(c) = (1 − c)²/c + c²/(1 − c)</pre>
 *
 * <p>so that a flip is worth 1/κ(c) chances, about c where cuts are rare and 1 − c where they are the rule. See {@link
 * #effectiveFlips}.
 *
 * @param lowest exponent of the first octave: octave i has the sizes from 2^(lowest+i) up to twice that
 * @param reached by octave, the expected number of segments of one draw whose largest events lie in it: those of an octave
 *     and all above reach an event of that octave or larger
 * @param flips by octave, the expected number of one draw's flips at its events, each worth 1/κ(c)
 * @param variance by octave, Σ π·e of its events
 * @param whole whether sizes are exact, and not those of a sketch or of a part of the links
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
public record EventSizes(int lowest, double[] reached, double[] flips, double[] variance, boolean whole) {
    /** Segments that must be expected to reach an event of its size before its variance counts as seen. */
    static final double SEEN = 50;

    /** @throws IllegalArgumentException if the octaves are not the same in all */
    public EventSizes {
        if (reached.length != variance.length || flips.length != variance.length) {
            throw new IllegalArgumentException(reached.length + ", " + flips.length + " and " + variance.length
                    + " octaves: events of a histogram lie in the same");
        }
    }

    /** tr Var(ĝ)/‖g‖² of one draw; an estimate unless {@link #whole}. */
    public double total() {
        return sum(variance);
    }

    /** Of an event's flip: 1/κ(c). */
    static double worth(double cut) {
        double both = cut * (1.0 - cut);
        return both / (1.0 - 3.0 * both);
    }

    /**
     * The histogram of several replicates' draws together, each in units of its own ‖g‖²: counts are those of all draws.
     *
     * @param draws of each
     */
    public static EventSizes pooled(List<EventSizes> replicates, List<Long> draws) {
        int lowest = replicates.stream().mapToInt(EventSizes::lowest).min().orElse(0);
        int end = replicates.stream().mapToInt(EventSizes::end).max().orElse(lowest);
        EventSizes sum = new EventSizes(
                lowest,
                new double[end - lowest],
                new double[end - lowest],
                new double[end - lowest],
                replicates.stream().allMatch(EventSizes::whole));
        for (int r = 0; r < replicates.size(); r++) {
            EventSizes each = replicates.get(r);
            double count = draws.get(r);
            for (int i = 0; i < each.variance.length; i++) {
                int at = each.lowest - lowest + i;
                sum.reached[at] += count * each.reached[i];
                sum.flips[at] += count * each.flips[i];
                sum.variance[at] += each.variance[i];
            }
        }
        return sum;
    }

    /** The same of so many draws. */
    EventSizes times(long draws) {
        return pooled(List.of(this), List.of(draws));
    }

    /** The share of the variance in events as large as fewer than {@value #SEEN} segments are expected to meet; 0 without any. */
    public double unseen() {
        double total = 0;
        double unseen = 0;
        double expected = 0;
        for (int i = variance.length - 1; i >= 0; i--) {
            expected += reached[i];
            total += variance[i];
            unseen += expected < SEEN ? variance[i] : 0.0;
        }
        return total > 0 ? unseen / total : 0.0;
    }

    /**
     * How many flips would carry the variance if all carried the same and fell either way alike, (Σ π·e)²/Σ π·e²·κ(c) but for
     * the width of octaves; infinite without variance.
     */
    public double effectiveFlips() {
        return 1.0 / concentration();
    }

    private double concentration() {
        double total = total();
        double sum = 0;
        for (int i = 0; i < variance.length; i++) {
            double share = variance[i] / total;
            sum += share > 0 ? share * share / flips[i] : 0.0;
        }
        return sum;
    }

    /**
     * The fewest draws by which no more than this share of the variance is unseen, and so many flips carry it; infinite if none
     * are enough.
     */
    double drawsToSee(double share, double effective) {
        double total = total();
        double unseen = 0;
        double expected = 0;
        double draws = effective * concentration();
        for (int i = variance.length - 1; i >= 0; i--) {
            expected += reached[i];
            unseen += variance[i];
            if (unseen > share * total) {
                return Math.ceil(Math.max(draws, SEEN / expected));
            }
        }
        return Math.ceil(draws);
    }

    private int end() {
        return lowest + variance.length;
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("lowest", (long) lowest);
        tree.put("reached", Doubles.encode(reached));
        tree.put("flips", Doubles.encode(flips));
        tree.put("variance", Doubles.encode(variance));
        tree.put("whole", whole);
        return tree;
    }

    /** @throws IllegalArgumentException if it is not what {@link #toTree} gives */
    static EventSizes of(Arguments tree) {
        return new EventSizes(
                tree.integer("lowest"),
                Doubles.decode(tree.text("reached")),
                Doubles.decode(tree.text("flips")),
                Doubles.decode(tree.text("variance")),
                tree.flag("whole"));
    }
}
