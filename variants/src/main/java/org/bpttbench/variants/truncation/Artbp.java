package org.bpttbench.variants.truncation;

import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.Traits;
import org.bpttbench.core.random.Coin;

/**
 * Anticipated reweighted truncated backpropagation.
 *
 * <p><b>Idea.</b> Cut at random; where the adjoint does pass a link, multiply it by the inverse of the probability that it
 * passes. The expectation is then the exact gradient.
 *
 * <p><b>Update.</b> With X_t = 1 a cut between t and t+1, drawn with probability c_t = c(age of t):
 *
 * <pre>X_t = 1:  δ̃_t = ∂ℓ_t/∂s_t        X_t = 0:  δ̃_t = ∂ℓ_t/∂s_t + J_{t+1}ᵀ δ̃_{t+1} / (1 − c_t)</pre>
 *
 * The factor on the link t → t+1 is that of the c drawn after step t. W[t,s] is 0 across a cut, else Π_{t≤u&lt;s} 1/(1−c_u).
 *
 * <p><b>Bias.</b> None at frozen θ, for every network: E[W] = 1.
 *
 * <p><b>Cost.</b> One forward and one backward step per time step; the longest segment on the tape, random: in a
 * million steps about ten times the mean with the constant law, a hundred times with the polynomial one. Where lanes are
 * flushed, a flush walks all lanes back to the start of the oldest segment that has closed: cheap if it comes after several
 * mean lengths, several times as dear as the forward pass if it comes at every step.
 *
 * <p><b>Reference.</b> Tallec &amp; Ollivier 2017, "Unbiasing truncated backpropagation through time", equations 10–13 and
 * proposition 1.
 *
 * <p><b>Departures.</b> The end of a sequence closes a segment without factor and without a draw; cuts may be independent
 * for each lane of a minibatch. Where such lanes train on an endless stream, a segment's gradient waits for the next flush
 * ({@link FlushSchedule}): θ may have moved since its steps were run forward.
 */
public record Artbp(Cuts cuts) implements RandomTruncation {
    /** {@code type: artbp}. */
    public static final Entry<GradientEstimator> ENTRY = new Entry<>(
            "artbp",
            "anticipated reweighted truncated backpropagation: random cuts, compensated; unbiased",
            "Tallec & Ollivier 2017, equations 10-13",
            Cuts.PARAMETERS,
            a -> new Artbp(Cuts.from(a)));

    @Override
    public Traits traits() {
        return new Traits(false, true, true, false, cuts.memory());
    }

    @Override
    public LinkRule rule() {
        return Artbp::carry;
    }

    private static double carry(CutLaw law, long age, Coin coin) {
        double c = law.cut(age);
        return coin.flip(c) ? 0.0 : 1.0 / (1.0 - c);
    }
}
