/**
 * Truncations: rules that choose windows and carries, one file each, and the laws of random cuts. No loop over time, no
 * network; chance comes from coins only.
 */
@NullMarked
package org.bpttbench.variants.truncation;

import org.jspecify.annotations.NullMarked;
