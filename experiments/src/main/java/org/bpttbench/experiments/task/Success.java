package org.bpttbench.experiments.task;

/**
 * When a task counts as solved, as the paper that posed it says.
 *
 * @param metric of {@link Task#metrics}, without split
 * @param threshold the value to be reached, in the metric's direction
 * @param words the criterion as the paper words it, one line
 */
public record Success(String metric, double threshold, String words) {}
