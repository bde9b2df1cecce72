/**
 * Readouts and losses of a step, for whole stretches at once. What they leave on the tape is what the backward
 * pass injects.
 */
@NullMarked
package org.bpttbench.core.head;

import org.jspecify.annotations.NullMarked;
