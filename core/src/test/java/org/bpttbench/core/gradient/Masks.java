package org.bpttbench.core.gradient;

import org.apache.commons.rng.UniformRandomProvider;

/** Which lanes and steps of a test's data have a loss. */
public enum Masks {
    ALL {
        @Override
        boolean at(int step, int lane, int steps, UniformRandomProvider random) {
            return true;
        }
    },
    LAST_STEP {
        @Override
        boolean at(int step, int lane, int steps, UniformRandomProvider random) {
            return step == steps - 1;
        }
    },
    RANDOM {
        @Override
        boolean at(int step, int lane, int steps, UniformRandomProvider random) {
            return random.nextBoolean();
        }
    },
    /** The first lane has no loss at all, yet counts in the mean over lanes. */
    ONE_LANE_NONE {
        @Override
        boolean at(int step, int lane, int steps, UniformRandomProvider random) {
            return lane > 0;
        }
    },
    NONE {
        @Override
        boolean at(int step, int lane, int steps, UniformRandomProvider random) {
            return false;
        }
    };

    abstract boolean at(int step, int lane, int steps, UniformRandomProvider random);
}
