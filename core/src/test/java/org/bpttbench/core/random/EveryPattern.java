package org.bpttbench.core.random;

import java.util.BitSet;

/**
 * A coin that goes through every pattern of outcomes, one run after the other, and knows how likely each was:
 *
 * <pre>{@code
 * EveryPattern coin = new EveryPattern();
 * do {
 *     mean += coin.probability() * outcomeOf(run(coin)); // probability asked after the run
 * } while (coin.next());
 * }</pre>
 *
 * A run may decide on earlier outcomes how often and with what probability it flips.
 */
public final class EveryPattern implements Coin {
    private final BitSet outcomes = new BitSet();
    private int known;
    private int flipped;
    private double probability = 1.0;

    @Override
    public boolean flip(double chance) {
        if (flipped == known) {
            outcomes.clear(known++);
        }
        boolean outcome = outcomes.get(flipped++);
        probability *= outcome ? chance : 1.0 - chance;
        return outcome;
    }

    /** How likely the outcomes of this run were. */
    public double probability() {
        return probability;
    }

    /** Flips of this run. */
    public int flips() {
        return flipped;
    }

    /** Turns to the next pattern, or says false if there is none left. */
    public boolean next() {
        if (flipped != known) {
            throw new IllegalStateException("the run flipped " + flipped + " times, not " + known + " as before");
        }
        while (known > 0 && outcomes.get(known - 1)) {
            known--;
        }
        if (known == 0) {
            return false;
        }
        outcomes.set(known - 1);
        flipped = 0;
        probability = 1.0;
        return true;
    }
}
