package org.bpttbench.harness.calibration;

/** Which steps of a sequence have a loss. */
enum Losses {
    EVERY("every step"),
    LAST("last step"),
    LAST_TENTH("last tenth"),
    FIRST_TENTH("first tenth");

    private static final int TENTH = 10;

    private final String words;

    Losses(String words) {
        this.words = words;
    }

    /** As written. */
    String words() {
        return words;
    }

    /** @param step from 0 */
    boolean at(int step, int steps) {
        return switch (this) {
            case EVERY -> true;
            case LAST -> step == steps - 1;
            case LAST_TENTH -> step >= steps - steps / TENTH;
            case FIRST_TENTH -> step < steps / TENTH;
        };
    }
}
