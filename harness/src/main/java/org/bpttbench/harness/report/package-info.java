/** What a user reads of a sweep: CSV files and the summary in the terminal, all made from the sweep and its journal. */
package org.bpttbench.harness.report;
