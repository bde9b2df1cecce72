package org.bpttbench.core.gradient;

/**
 * What is known of an estimator beforehand.
 *
 * @param exact whether every draw is the exact gradient
 * @param unbiased whether its expectation at frozen θ is the exact gradient, for every network
 * @param random whether draws differ
 * @param needsEnd whether it emits only at the end of a sequence
 * @param memory what it keeps on the tape, in words
 */
public record Traits(boolean exact, boolean unbiased, boolean random, boolean needsEnd, String memory) {}
