package org.bpttbench.core.gradient;

import org.bpttbench.core.random.Coin;

/**
 * A random truncation that decides each link by one flip of a coin whose chance depends on the age of the segment alone:
 * after a cut all begins anew. Its mean and its variance at frozen θ can therefore be computed, not only sampled.
 */
public interface RenewalTruncation extends Truncation {
    /**
     * What may happen on the link behind the step at which a segment has this age.
     *
     * @param age 1 at the first step of a segment
     */
    Link link(long age);

    /** Whether all lanes of a draw are cut together; otherwise each has flips of its own. */
    boolean together(int lanes);

    /**
     * A link.
     *
     * @param cut probability that it is cut, in [0, 1)
     * @param carry what the adjoint is multiplied by where it is not cut
     */
    record Link(double cut, double carry) {
        /** E[carry], a cut counting 0: what the link passes on average. */
        public double mean() {
            return (1.0 - cut) * carry;
        }

        /**
         * What a rule does, found out by driving it through both outcomes.
         *
         * @throws IllegalStateException if the rule is not one flip, or passes an adjoint where the flip says cut
         */
        public static Link drive(Rule rule) {
            Probe cut = new Probe(true);
            Probe pass = new Probe(false);
            double carryIfCut = rule.carry(cut);
            double carry = rule.carry(pass);
            if (cut.flips != 1 || pass.flips != 1 || cut.probability != pass.probability || carryIfCut != 0.0) {
                throw new IllegalStateException("not a rule of one flip per link whose true is a cut");
            }
            return new Link(pass.probability, carry);
        }
    }

    /** One link of a truncation, its coin left open. */
    @FunctionalInterface
    interface Rule {
        /** @return the carry; 0 is a cut */
        double carry(Coin coin);
    }

    /** A coin that falls as told and remembers what it was asked. */
    final class Probe implements Coin {
        private final boolean outcome;
        private double probability;
        private int flips;

        private Probe(boolean outcome) {
            this.outcome = outcome;
        }

        @Override
        public boolean flip(double asked) {
            probability = asked;
            flips++;
            return outcome;
        }
    }
}
