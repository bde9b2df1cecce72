package org.bpttbench.experiments.measure;

import java.util.Arrays;
import java.util.List;

/**
 * Sums the squares of increments, weighed by the probability of the age and by the variance of the flip, and logs each as an
 * event; of all links, or of every so many as a systematic sample.
 */
final class Increments {
    private final Reading reading;
    private final int stride;
    private final double share;
    private final double[] units;
    private final double unit;
    private final double[] groups;
    private final double[] squares;
    private final EventLog[] logs;
    private final EventLog all;

    /**
     * @param stride 1 for all links
     * @param share of the increments of one lane in the variance of the mean over lanes
     * @param units by group, the ‖g‖² that sizes of its events are told in; 0 where none are
     */
    Increments(int steps, Reading reading, int stride, double share, double[] units) {
        this.stride = stride;
        this.share = share;
        this.reading = reading;
        this.units = units;
        this.unit = Arrays.stream(units).sum();
        this.groups = new double[reading.groups()];
        this.squares = new double[groups.length];
        this.logs = new EventLog[groups.length];
        Arrays.setAll(logs, group -> new EventLog(steps, stride));
        this.all = new EventLog(steps, stride);
    }

    /** Whether the increments of the link behind this step are asked for. */
    boolean wants(int step) {
        return step % stride == 0;
    }

    /** From here on increments are those of another lane. */
    void nextLane() {
        for (EventLog log : logs) {
            log.nextLane();
        }
        all.nextLane();
    }

    /**
     * Ages of a segment come in descending order.
     *
     * @param start step at which the segment starts
     * @param chance that it gets to the age of the flip
     * @param cut the chance of a cut there
     * @param weight what makes the increment's square the flip's part of the variance
     * @param increment {@code [D]}: by how much the outcome of the flip moves the expectation, but for a factor
     */
    void add(int start, double chance, double cut, double weight, double[] increment) {
        Arrays.fill(squares, 0.0);
        reading.addSquares(weight * share, increment, squares);
        double total = 0;
        for (int g = 0; g < groups.length; g++) {
            groups[g] += stride * squares[g];
            if (units[g] > 0) {
                total += squares[g];
                logs[g].add(start, chance, cut, squares[g] / units[g]);
            }
        }
        if (unit > 0) {
            all.add(start, chance, cut, total / unit);
        }
    }

    TruncationVariance sum() {
        boolean whole = stride == 1 && reading.whole();
        EventSizes[] events = new EventSizes[logs.length];
        Arrays.setAll(events, group -> logs[group].sizes(whole));
        return new TruncationVariance(groups, List.of(events), all.sizes(whole));
    }
}
