package org.bpttbench.experiments.task;

import java.util.function.DoubleBinaryOperator;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The sequences of experiments 4 and 5 of Hochreiter &amp; Schmidhuber 1997: pairs of a value and a marker, T to 1.1·T of
 * them. One of the first 10 pairs is marked 1, then one of the others among the first T/2 − 1. The first and the last pair
 * carry the marker −1, all others 0.
 *
 * <p>Where the paper is silent: the first pair keeps its −1 even if it is the one that is marked. Then the network cannot
 * know its value, and the paper has it not count; here that holds whichever of the two marks falls on it. Steps after the
 * last pair of a short sequence have no input and no loss.
 *
 * @param length T, at least 6
 */
record MarkedPairs(int length) {
    static final int VALUE = 0;
    static final int MARK = 1;
    private static final int EARLY = 10;

    MarkedPairs {
        if (length < 6) {
            throw new IllegalArgumentException(
                    "length is " + length + ": two marks in the first half need a length of at least 6");
        }
    }

    /** Pairs of the longest sequence. */
    int steps() {
        return length + length / 10;
    }

    private int firstHalf() {
        return length / 2 - 1;
    }

    private int early() {
        return Math.min(EARLY, firstHalf());
    }

    /** How likely one of the two marks falls on the first pair; both cannot. */
    double chanceOfLosingOne() {
        double first = 1.0 / early();
        return first + (1.0 - first) / (firstHalf() - 1);
    }

    /**
     * @param low least value; the largest is 1
     * @param neutral what a marked value counts as if it is the first pair's
     * @param target of the last pair, from what the two marked values count as
     */
    void write(Episode episode, UniformRandomProvider random, double low, double neutral, DoubleBinaryOperator target) {
        int pairs = length + random.nextInt(length / 10 + 1);
        for (int step = 0; step < pairs; step++) {
            episode.input(step, VALUE, low + (1.0 - low) * random.nextDouble());
        }
        int first = random.nextInt(early());
        int second = random.nextInt(firstHalf() - 1);
        if (second >= first) {
            second++;
        }
        episode.input(first, MARK, 1.0);
        episode.input(second, MARK, 1.0);
        episode.input(0, MARK, -1.0);
        episode.input(pairs - 1, MARK, -1.0);
        double x1 = first == 0 ? neutral : episode.input(first, VALUE);
        double x2 = second == 0 ? neutral : episode.input(second, VALUE);
        episode.target(pairs - 1, target.applyAsDouble(x1, x2));
    }
}
