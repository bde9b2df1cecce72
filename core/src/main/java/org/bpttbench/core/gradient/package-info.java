/**
 * The gradient of a sequence: the one backward loop, the windows it walks, and the contracts of estimators, streams and
 * sinks. The only place with a loop that carries an adjoint back over time; it does not know any estimator by name.
 */
@NullMarked
package org.bpttbench.core.gradient;

import org.jspecify.annotations.NullMarked;
