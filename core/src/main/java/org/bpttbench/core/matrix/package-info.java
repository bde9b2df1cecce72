/** Decompositions of small dense matrices in plain row-major arrays; the one place where EJML's types are named. */
@NullMarked
package org.bpttbench.core.matrix;

import org.jspecify.annotations.NullMarked;
