package org.bpttbench.experiments.task;

/**
 * A figure of merit that a task gives.
 *
 * @param name without split: {@code bpc}
 * @param unit in words, empty for a pure number
 * @param lowerIsBetter its direction
 * @param about one line
 */
public record Metric(String name, String unit, boolean lowerIsBetter, String about) {}
