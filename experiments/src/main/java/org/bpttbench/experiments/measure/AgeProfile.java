package org.bpttbench.experiments.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpttbench.core.catalog.Arguments;

/**
 * Where the variance of a random truncation lies: how much of it comes from flips at each age of a segment, and how many
 * segments of a draw get so old. Variance at ages that hardly any segment reaches is not in a sample.
 *
 * @param variance {@code [T+1]}: the part of tr Var(ĝ) of one draw at each age; entry 0 is unused
 * @param segments {@code [T+1]}: the expected number of segments of one draw that reach the age; entry 0 is unused
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
public record AgeProfile(double[] variance, double[] segments) {
    /** @throws IllegalArgumentException if the two are not of one length */
    public AgeProfile {
        if (variance.length != segments.length) {
            throw new IllegalArgumentException(
                    variance.length + " ages have variance, " + segments.length + " segments");
        }
    }

    /** The share of the variance at ages that fewer than so many segments of all draws are expected to reach. */
    public double unseen(int draws, double segmentsNeeded) {
        double total = 0;
        double unseen = 0;
        for (int age = 1; age < variance.length; age++) {
            total += variance[age];
            if (draws * segments[age] < segmentsNeeded) {
                unseen += variance[age];
            }
        }
        return total > 0 ? unseen / total : 0.0;
    }

    /** tr Var(ĝ) of one draw; an estimate where the profile was sketched. */
    public double total() {
        double total = 0;
        for (double part : variance) {
            total += part;
        }
        return total;
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("variance", Doubles.encode(variance));
        tree.put("segments", Doubles.encode(segments));
        return tree;
    }

    static AgeProfile of(Arguments tree) {
        return new AgeProfile(Doubles.decode(tree.text("variance")), Doubles.decode(tree.text("segments")));
    }
}
