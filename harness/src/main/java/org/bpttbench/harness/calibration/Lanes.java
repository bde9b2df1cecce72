package org.bpttbench.harness.calibration;

/** The sequences of a draw: how many there are, how they are cut, and which have a loss at all. */
enum Lanes {
    ONE("1", 1, 1, true),
    FOUR("4 independent", 4, 4, false),
    FOUR_SHARED("4 shared", 4, 4, true),
    ONE_OF_SIXTEEN("1 of 16", 16, 1, false);

    private final String words;
    private final int count;
    private final int live;
    private final boolean shared;

    Lanes(String words, int count, int live, boolean shared) {
        this.words = words;
        this.count = count;
        this.live = live;
        this.shared = shared;
    }

    /** As written. */
    String words() {
        return words;
    }

    /** B: what a gradient is divided by. */
    int count() {
        return count;
    }

    /** So many of them have a loss: the first. */
    int live() {
        return live;
    }

    /** Whether all are cut together. */
    boolean shared() {
        return shared;
    }
}
