package org.bpttbench.harness.report;

/**
 * One column of a CSV file, as its readers are told of it. Its formula, assumptions and limits stand in its section of
 * {@code docs/statistics.md}: {@link ColumnGuide}.
 *
 * @param name in the header
 * @param unit empty for pure numbers and for text
 * @param definition one line
 */
public record Column(String name, String unit, String definition) {}
