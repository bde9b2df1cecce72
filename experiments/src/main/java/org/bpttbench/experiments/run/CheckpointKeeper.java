package org.bpttbench.experiments.run;

import java.io.IOException;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.bpttbench.core.state.StateTooLargeException;
import org.bpttbench.core.state.StateWriter;

/**
 * Saves one run every now and then, and leaves it where that is wished. Asked at every window, so the answer must not cost
 * anything: the clock is a number that another thread counts up. Belongs to the run's thread.
 */
final class CheckpointKeeper {
    /** A state that is larger, such as the tape of a very long window half run forward, waits for a better moment. */
    private static final long MOST_BYTES =
            Math.min(1L << 28, Runtime.getRuntime().maxMemory() / 16);

    private static final double NANOS = 1e9;

    private final CheckpointFolder folder;
    private final Ticks ticks;
    private final BooleanSupplier leaving;
    private final StopSignal late;
    private final String run;
    private final RunListener listener;
    private long seen;
    private boolean possible = true;

    /**
     * @param leaving whether to leave the run where it is, to be gone on with
     * @param late tells when the run has taken too long
     */
    CheckpointKeeper(
            CheckpointFolder folder,
            Ticks ticks,
            BooleanSupplier leaving,
            StopSignal late,
            String run,
            RunListener listener) {
        this.folder = folder;
        this.ticks = ticks;
        this.leaving = leaving;
        this.late = late;
        this.run = run;
        this.listener = listener;
        this.seen = ticks.count();
    }

    /** Time, in periods. */
    interface Ticks {
        /** Stays what it was where no checkpoints are wished. */
        long count();
    }

    /** The run has been left. */
    static final class Left extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The run has taken too long and been left. */
    static final class Late extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long nanos;

        Late(String message, long nanos) {
            super(message);
            this.nanos = nanos;
        }

        /** Wall time of the run in all processes. */
        long nanos() {
            return nanos;
        }
    }

    /** The run's state could not be written. */
    static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final IOException cause;

        Unwritable(IOException cause) {
            super(cause);
            this.cause = cause;
        }

        IOException io() {
            return cause;
        }
    }

    /** To be called where the execution can be saved. */
    void atRest(Execution execution) {
        long now = ticks.count();
        boolean left = leaving.getAsBoolean();
        boolean tooLong = late.wished();
        if (now != seen || left || tooLong) {
            seen = now;
            save(execution);
        }
        if (left) {
            throw new Left();
        }
        if (tooLong) {
            throw new Late(tooLong(execution), execution.nanos());
        }
    }

    private static String tooLong(Execution execution) {
        String where = execution.end() == 0
                ? "in its measurements"
                : "at step " + execution.position() + " of " + execution.end();
        return String.format(Locale.ROOT, "%s after %.1f s in all", where, execution.nanos() / NANOS);
    }

    private void save(Execution execution) {
        if (!possible) {
            return;
        }
        try {
            StateWriter out = new StateWriter(MOST_BYTES);
            execution.save(out);
            folder.write(new Checkpoint(run, Fingerprint.current(), execution.position(), out.toBytes()));
        } catch (StateTooLargeException e) {
            // Between windows it will be smaller.
        } catch (UnsupportedOperationException e) {
            possible = false;
            synchronized (listener) {
                listener.note("run " + run + " is made without checkpoints: " + e.getMessage());
            }
        } catch (IOException e) {
            throw new Unwritable(e);
        }
    }
}
