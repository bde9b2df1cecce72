package org.bpttbench.experiments.measure;

import java.util.Arrays;

/**
 * Takes the events of a random truncation as they are computed, and makes their histogram. Events of one segment come from its
 * oldest age to its youngest, in whatever order those of different segments.
 */
final class EventLog {
    /** Sizes beyond are all alike: no draw has seen them. */
    private static final int HIGHEST = 1000;

    private static final int LOWEST = -1100;

    /** Below, a probability has too few digits left to divide by, and no number of draws sees what has it. */
    private static final double NEVER = 0x1p-900;

    private final double[] reached = new double[HIGHEST - LOWEST + 1];
    private final double[] cuts = new double[reached.length];
    private final double[] variance = new double[reached.length];
    private final int stride;
    private final Staircase[] segments;

    /**
     * @param steps of the sequence: a segment may start at each
     * @param stride each event stands for so many links
     */
    EventLog(int steps, int stride) {
        this.stride = stride;
        segments = new Staircase[steps];
        Arrays.setAll(segments, start -> new Staircase());
    }

    /** From here on segments are those of another lane. */
    void nextLane() {
        for (Staircase segment : segments) {
            segment.moveTo(reached);
        }
    }

    /**
     * @param start step at which the segment starts
     * @param chance π of the event: that such a segment gets as old
     * @param cut c of the flip
     * @param share π·e in units of ‖g‖²; an event without size is none
     */
    void add(int start, double chance, double cut, double share) {
        if (share == 0.0) {
            return;
        }
        int octave = octave(chance, share) - LOWEST;
        segments[start].add(octave, chance);
        cuts[octave] += stride * chance * cut;
        variance[octave] += stride * share;
    }

    /** NaN lies as high as can be: nothing is known of it. */
    private static int octave(double chance, double share) {
        return chance < NEVER ? HIGHEST : Math.max(LOWEST, Math.min(HIGHEST, Math.getExponent(share / chance)));
    }

    EventSizes sizes(boolean whole) {
        nextLane();
        int from = 0;
        int to = reached.length;
        while (from < to && variance[from] == 0.0) {
            from++;
        }
        while (to > from && variance[to - 1] == 0.0) {
            to--;
        }
        return new EventSizes(
                from == to ? 0 : from + LOWEST,
                Arrays.copyOfRange(reached, from, to),
                Arrays.copyOfRange(cuts, from, to),
                Arrays.copyOfRange(variance, from, to),
                whole);
    }

    /**
     * The events of the segments that start at one step which are larger than all earlier ones: the top is the youngest and
     * smallest. An event hides the older ones that are no larger, for whoever gets there has already met it.
     */
    private static final class Staircase {
        private int[] octaves = new int[4];
        private double[] chances = new double[4];
        private int size;

        void add(int octave, double chance) {
            while (size > 0 && octaves[size - 1] <= octave) {
                size--;
            }
            if (size == octaves.length) {
                octaves = Arrays.copyOf(octaves, 2 * size);
                chances = Arrays.copyOf(chances, 2 * size);
            }
            octaves[size] = octave;
            chances[size++] = chance;
        }

        /** Each step counts the segments that get there and not to the next. */
        void moveTo(double[] reached) {
            double next = 0.0;
            for (int i = 0; i < size; i++) {
                reached[octaves[i]] += chances[i] - next;
                next = chances[i];
            }
            size = 0;
        }
    }
}
