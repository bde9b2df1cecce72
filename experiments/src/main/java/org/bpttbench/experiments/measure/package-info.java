/**
 * Measurements of a gradient with frozen parameters: exact gradients, draws of an estimator and what is kept of them.
 * What the figures mean is judged elsewhere, in the harness.
 */
@NullMarked
package org.bpttbench.experiments.measure;

import org.jspecify.annotations.NullMarked;
