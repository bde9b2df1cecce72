/** Figures: what they show, made of the same results as the CSV files, and how they are drawn. */
package org.bpttbench.harness.figure;
