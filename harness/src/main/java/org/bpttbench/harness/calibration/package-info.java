/**
 * Whether the verdicts on sampled bias keep what they promise: rows whose true bias is known are drawn and judged thousands
 * of times, by the code that judges the rows of a sweep.
 */
@NullMarked
package org.bpttbench.harness.calibration;

import org.jspecify.annotations.NullMarked;
