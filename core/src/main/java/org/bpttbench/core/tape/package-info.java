/**
 * What the forward pass leaves for the backward pass. The arrays are handed out as they are; the tape says who
 * may write which.
 */
@NullMarked
package org.bpttbench.core.tape;

import org.jspecify.annotations.NullMarked;
