/**
 * Recurrent cells: each a value that describes it and a transition that works. They know states, inputs and
 * parameters, but nothing of losses, truncations or time beyond one step.
 */
@NullMarked
package org.bpttbench.core.cell;

import org.jspecify.annotations.NullMarked;
