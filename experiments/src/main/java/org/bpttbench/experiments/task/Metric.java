package org.bpttbench.experiments.task;

/**
 * A figure that a task gives.
 *
 * @param name without split: {@code bpc}
 * @param unit in words, empty for a pure number
 * @param lowerIsBetter its direction
 * @param ranks whether it is a figure of merit; one that is not, as a parameter's place, has no direction
 * @param about one line
 */
public record Metric(String name, String unit, boolean lowerIsBetter, boolean ranks, String about) {

    /** A figure of merit. */
    public Metric(String name, String unit, boolean lowerIsBetter, String about) {
        this(name, unit, lowerIsBetter, true, about);
    }

    /** A place on a line of which neither end is better. */
    static Metric place(String name, String about) {
        return new Metric(name, "", true, false, about);
    }
}
