package org.bpttbench.harness.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.bpttbench.experiments.run.Holder;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.harness.report.Words;

/** A status for the terminal. */
final class StatusText {
    private static final int MOST_FAILURES = 5;
    private static final String INDENT = "  ";
    private static final int MOST_SAVED = 10;
    private static final double MILLIS = 1e3;

    private final FolderStatus status;
    private final Instant now;

    StatusText(FolderStatus status, Instant now) {
        this.status = status;
        this.now = now;
    }

    /** @param width columns of the terminal */
    String text(int width) {
        List<String> lines = new ArrayList<>();
        lines.add(counts());
        status.processes().forEach(process -> lines.add(process(process)));
        if (status.computed() > 0) {
            lines.add(Durations.words(status.computed()) + " went into runs that have ended");
        }
        if (status.otherCode() > 0) {
            lines.add(Words.count(status.otherCode(), "run") + " made by other code");
        }
        StringBuilder text =
                new StringBuilder(status.sweep().name() + " in " + status.folder() + ": " + state() + "\n");
        lines.forEach(line -> Words.wrap(line, width - INDENT.length())
                .forEach(part -> text.append(INDENT).append(part).append('\n')));
        text.append(running(width)).append(saved(width));
        failures().forEach(line -> text.append(line).append('\n'));
        return Terminal.plain(
                text.append("Next: ").append(status.next()).append('\n').toString());
    }

    private String state() {
        return switch (status.state()) {
            case RUNNING -> "at work";
            case ELSEWHERE -> "at work on another host, if it still is: that cannot be told from here";
            case KILLED -> "killed, it ended without a word";
            case STOPPED -> "nobody is at work";
            case FINISHED -> "finished";
        };
    }

    private String process(FolderStatus.Worker process) {
        Holder holder = process.holder();
        String killed = process.life() == Holder.Life.GONE ? ", killed" : "";
        return holder.shard().map(shard -> "shard " + shard + ": ").orElse("") + "process " + holder.pid() + " on "
                + holder.host() + " since " + ago(holder.since()) + killed
                + process.progress()
                        .map(StatusText::times)
                        .map(times -> ": " + times)
                        .orElse("");
    }

    private String ago(Instant then) {
        double seconds = Math.max(0, Duration.between(then, now).toMillis() / MILLIS);
        return then.truncatedTo(ChronoUnit.SECONDS) + ", " + Durations.words(seconds) + " ago";
    }

    private String counts() {
        return Words.count(status.total(), "run") + ": " + status.count(Outcome.DONE) + " done, "
                + status.count(Outcome.DIVERGED) + " diverged, " + status.count(Outcome.FAILED) + " failed, "
                + status.count(Outcome.TIMED_OUT) + " timed out, " + status.left() + " left";
    }

    private static String times(FolderStatus.Progress progress) {
        String left = progress.left().isPresent()
                ? ", about " + Durations.words(progress.left().getAsDouble()) + " left"
                : "";
        return Words.count(progress.jobs(), "run") + " at a time, " + (int) (100 * progress.share())
                + " % of the work is done after " + Durations.words(progress.elapsed()) + left + " (told "
                + Durations.words(progress.age()) + " ago)";
    }

    private String running(int width) {
        TextTable table = new TextTable("on its way", "share", "step", "for", "what");
        List<SweepProgress.Running> running = status.running();
        running.forEach(run -> table.row(
                run.spec().id(),
                (int) (100 * run.share()) + " %",
                run.end() == 0 ? "-" : run.step() + "/" + run.end(),
                Durations.words(run.seconds()),
                RunWords.what(run.spec(), status.labels()::of)));
        return running.isEmpty() ? "" : table.text(width);
    }

    /** Of a process at work they are on their way again, or will be. */
    private String saved(int width) {
        if (status.saved().isEmpty() || !status.running().isEmpty()) {
            return "";
        }
        TextTable table = new TextTable("saved", "step", "what");
        status.saved().entrySet().stream()
                .limit(MOST_SAVED)
                .forEach(saved -> table.row(
                        saved.getKey().id(),
                        Long.toString(saved.getValue()),
                        RunWords.what(saved.getKey(), status.labels()::of)));
        int more = status.saved().size() - MOST_SAVED;
        return table.text(width) + (more > 0 ? "… " + more + " more\n" : "");
    }

    private List<String> failures() {
        List<FolderStatus.Failure> all = status.failures();
        List<String> lines = new ArrayList<>();
        all.stream()
                .skip(Math.max(0, all.size() - MOST_FAILURES))
                .forEach(failure -> lines.add(RunWords.of(failure.spec(), status.labels()::of) + " "
                        + failure.outcome().key().replace('-', ' ') + ": "
                        + ProgressText.printable(failure.message())));
        if (!all.isEmpty()) {
            int more = all.size() - MOST_FAILURES;
            lines.add((more > 0 ? "… and " + more + " more; " : "")
                    + status.folder().resolve(RunLog.FILE) + " has the stack traces");
        }
        return lines;
    }
}
