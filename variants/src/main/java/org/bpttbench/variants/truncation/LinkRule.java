package org.bpttbench.variants.truncation;

import org.bpttbench.core.random.Coin;

/** What a random truncation does on one link, from a step to the next: the whole difference between its variants. */
@FunctionalInterface
public interface LinkRule {
    /**
     * Decides one link.
     *
     * @param law how likely a cut is
     * @param age steps of the segment so far, 1 after its first
     * @param coin flipped exactly once, with the law's probability at this age
     * @return the carry of the link; 0 is a cut
     */
    double carry(CutLaw law, long age, Coin coin);
}
