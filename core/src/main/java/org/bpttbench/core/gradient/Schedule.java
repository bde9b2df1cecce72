package org.bpttbench.core.gradient;

import org.bpttbench.core.state.Checkpointed;

/**
 * A truncation at work on the sequences of one stream: it names the windows, one after the other, each before its steps
 * are run forward. Every loss is injected exactly once. What it decides may depend on age, time and its own earlier draws
 * only. When it is saved, its coins are their owner's business.
 */
public interface Schedule extends Checkpointed {
    /**
     * Starts a sequence at step 0, age 0; its end closes every segment without factor and without a draw.
     *
     * @param steps its length
     */
    void begin(long steps);

    /**
     * Writes the next window; its lookback may reach back to the start of the sequence, not beyond. Not to be called when
     * the sequence's steps are used up.
     */
    void next(Window window);

    /**
     * The longest lookback that a later window may ask for: as many steps stay on the tape. Asked after each window, and may
     * be another each time.
     */
    default int lookback() {
        return 0;
    }
}
