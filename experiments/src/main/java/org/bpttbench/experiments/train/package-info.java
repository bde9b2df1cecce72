/** Training: initial weights, optimisers, clipping, and the sink that moves the parameters. */
@NullMarked
package org.bpttbench.experiments.train;

import org.jspecify.annotations.NullMarked;
