package org.bpttbench.harness.report;

/**
 * One column of a CSV file, as its readers are told of it.
 *
 * @param name in the header
 * @param unit empty for pure numbers and for text
 * @param definition one line
 * @param formula number of the formula in {@code results/README.md} that computes it; empty where the definition does
 */
public record Column(String name, String unit, String definition, String formula) {}
