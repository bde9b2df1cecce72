/**
 * Texts: where they come from, how they are split and turned into symbols; and small data files. No randomness, no
 * network.
 */
@NullMarked
package org.bpttbench.experiments.data;

import org.jspecify.annotations.NullMarked;
