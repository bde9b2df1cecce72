/**
 * Intervals and tests on plain arrays. They know nothing of sweeps, journals or gradients; what draws, draws from the
 * generator it is handed.
 */
@NullMarked
package org.bpttbench.harness.inference;

import org.jspecify.annotations.NullMarked;
