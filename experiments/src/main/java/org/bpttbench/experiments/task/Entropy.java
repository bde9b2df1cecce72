package org.bpttbench.experiments.task;

/** Entropies of laws that are known, for the floors and the chance levels of made-up data. */
final class Entropy {
    static final double LN2 = StrictMath.log(2.0);

    private Entropy() {}

    /**
     * Of a law, in nats.
     *
     * @param weights one for each outcome, at least 0, divided by their sum
     */
    static double of(double... weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double nats = 0;
        for (double weight : weights) {
            nats += weight > 0 ? weight / total * StrictMath.log(total / weight) : 0.0;
        }
        return nats;
    }

    /** Of a choice among so many equally likely outcomes, in nats. */
    static double choice(double outcomes) {
        return StrictMath.log(outcomes);
    }
}
