/** Chance: named seeds and coins. Nothing else in core and variants may be a source of it. */
@NullMarked
package org.bpttbench.core.random;

import org.jspecify.annotations.NullMarked;
