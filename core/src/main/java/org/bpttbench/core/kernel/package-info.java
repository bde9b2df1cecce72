/**
 * Arithmetic behind one interface: products, sums of outer products, tanh and sigmoid, with the order of every sum
 * fixed. A change of that order changes the bits of all results.
 */
@NullMarked
package org.bpttbench.core.kernel;

import org.jspecify.annotations.NullMarked;
