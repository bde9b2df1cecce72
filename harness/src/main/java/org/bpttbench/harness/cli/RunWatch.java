package org.bpttbench.harness.cli;

import java.io.Closeable;
import java.time.Instant;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunInFlight;
import org.bpttbench.experiments.run.RunListener;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.run.RunnerEnd;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;

/**
 * Tells of runs while they are made: on the screen, in the log, and in the file for those who ask from another process. On a
 * terminal a line is drawn over and over; elsewhere there is one a minute. A run that does not end well gets a line of its
 * own, unless only errors are wanted: those are told at the end.
 */
final class RunWatch implements RunListener, Closeable {
    /** Four times a second. */
    private static final long LOOK_MILLIS = 250;

    private static final long LINE_NANOS = 60_000_000_000L;
    private static final long FILE_NANOS = 3_000_000_000L;

    private final Screen screen;
    private final boolean quiet;
    private final SweepProgress progress;
    private final RunLog log;
    private final ProgressFile file;
    private final Function<Setting, String> labels;
    private final LongSupplier nanoTime;
    private final Timer timer = new Timer("progress", true);
    private long lineAt;
    private long fileAt;
    private boolean begun;
    private boolean over;

    /**
     * @param quiet whether only errors are wanted on the screen
     * @param log closed with this
     * @param file closed with this
     * @param labels of settings
     * @param nanoTime the time, of which only differences count
     */
    RunWatch(
            Screen screen,
            boolean quiet,
            SweepProgress progress,
            RunLog log,
            ProgressFile file,
            Function<Setting, String> labels,
            LongSupplier nanoTime) {
        this.screen = screen;
        this.quiet = quiet;
        this.progress = progress;
        this.log = log;
        this.file = file;
        this.labels = labels;
        this.nanoTime = nanoTime;
        this.lineAt = nanoTime.getAsLong();
        this.fileAt = lineAt - FILE_NANOS;
    }

    /** Looks at the progress from now on, until closed. */
    void start() {
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        look();
                    }
                },
                0,
                LOOK_MILLIS);
    }

    /** What is due now. */
    synchronized void look() {
        if (over) {
            return;
        }
        long now = nanoTime.getAsLong();
        boolean forFile = now - fileAt >= FILE_NANOS;
        boolean forLine = !quiet && !screen.terminal().inPlace() && now - lineAt >= LINE_NANOS;
        boolean forScreen = !quiet && screen.terminal().inPlace();
        if (!forFile && !forLine && !forScreen) {
            return;
        }
        SweepProgress.State state = progress.state();
        if (forScreen) {
            Terminal.Err terminal = screen.terminal();
            screen.draw(ProgressText.bar(state, labels, terminal.width(), terminal.colour()));
        }
        if (forLine) {
            lineAt = now;
            screen.say(ProgressText.line(state, labels));
        }
        if (forFile) {
            fileAt = now;
            file.write(state, Instant.now());
        }
    }

    @Override
    public void began(RunInFlight run) {
        progress.began(run);
        tellSoon();
    }

    /** Once: who asks at the beginning is not to wait for what is on its way. */
    private synchronized void tellSoon() {
        if (!begun) {
            begun = true;
            fileAt -= FILE_NANOS;
        }
    }

    @Override
    public void resumed(RunSpec spec, long step, long end) {
        log.resumed(spec, step, end);
        if (!quiet) {
            screen.say(RunWords.of(spec, labels) + " goes on "
                    + (end == 0 ? "where it was" : "at step " + step + " of " + end));
        }
    }

    @Override
    public void note(String sentence) {
        log.note(sentence);
        if (!quiet) {
            screen.say(sentence);
        }
    }

    @Override
    public void failed(RunSpec spec, Throwable why) {
        log.failed(spec, why);
    }

    @Override
    public void ended(RunSpec spec, RunRecord record, int done, int total) {
        progress.ended(spec, record, done, total);
        log.ended(spec, record, done, total);
        if (!quiet && record.outcome() != Outcome.DONE) {
            screen.say(RunWords.of(spec, labels) + " " + record.outcome().key().replace('-', ' ') + ": "
                    + ProgressText.printable(record.message()));
        }
    }

    /** It has ended by itself, or was asked to: then who asks says the rest. */
    void finished(RunnerEnd end) {
        stop();
        SweepProgress.State state = progress.state();
        log.end(why(end.why()) + ": " + ProgressText.end(state));
        if (!quiet && end.why() != RunnerEnd.Why.ASKED) {
            screen.say(ProgressText.end(state));
        }
    }

    private static String why(RunnerEnd.Why why) {
        return switch (why) {
            case ALL_MADE -> "nothing is left to make";
            case ASKED -> "interrupted";
            case TIME_OVER -> "the budget is over";
            case NEXT_TOO_LONG -> "another replicate of all settings would not end within the budget";
            case FAILURES -> "as many runs as may have failed or timed out";
        };
    }

    /** Something has broken that is not a run. */
    void broke(Throwable why) {
        stop();
        log.end(why);
    }

    private synchronized void stop() {
        over = true;
        timer.cancel();
        screen.freeze();
    }

    @Override
    public void close() {
        stop();
        log.close();
        file.close();
    }
}
