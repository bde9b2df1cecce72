package org.bpttbench.experiments.task;

/** What tasks say of a length drawn from {@code shortest} to {@code longest}. */
final class Lengths {
    private Lengths() {}

    /** @throws IllegalArgumentException if there is no such length */
    static void check(int shortest, int longest) {
        if (shortest > longest) {
            throw new IllegalArgumentException("shortest is " + shortest + ", above longest, which is " + longest);
        }
    }
}
