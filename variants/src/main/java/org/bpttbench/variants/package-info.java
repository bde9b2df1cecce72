/** The catalogue of gradient estimators: what {@code estimator} in a sweep file can name. */
@NullMarked
package org.bpttbench.variants;

import org.jspecify.annotations.NullMarked;
