/**
 * Laws of initial weights. They fill one matrix from the generator they are handed, and know neither networks nor
 * seeds.
 */
@NullMarked
package org.bpttbench.core.init;

import org.jspecify.annotations.NullMarked;
