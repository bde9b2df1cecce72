package org.bpttbench.harness.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bpttbench.experiments.run.RunListener;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.jspecify.annotations.Nullable;

/**
 * {@code bptt.log} of a results folder: when which command began, what was said, what each run came to, stack traces of those
 * that broke, and how it ended. Every process appends. That it cannot be written is told once and stops nothing.
 */
final class RunLog implements RunListener, Closeable {
    static final String FILE = "bptt.log";

    private static final double NANOS = 1e9;

    private final Path file;
    private final Function<Setting, String> labels;
    private final InstantSource clock;
    private final Consumer<String> complaints;
    private @Nullable Writer out;

    /**
     * @param folder which exists
     * @param labels of settings
     * @param complaints told at most once
     */
    RunLog(Path folder, Function<Setting, String> labels, InstantSource clock, Consumer<String> complaints) {
        this.file = folder.resolve(FILE);
        this.labels = labels;
        this.clock = clock;
        this.complaints = complaints;
        try {
            this.out = Files.newBufferedWriter(
                    file,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            giveUp(e);
        }
    }

    /** What a process sets out to do. */
    void start(String sentence) {
        write("start", sentence);
    }

    /** How it ended. */
    void end(String sentence) {
        write("end", sentence);
    }

    /** How it ended if that is no good end, with the stack trace. */
    void end(Throwable why) {
        write("end", trace(why));
    }

    @Override
    public void note(String sentence) {
        write("note", sentence);
    }

    @Override
    public void resumed(RunSpec spec, long step, long end) {
        write("resumed", RunWords.of(spec, labels) + " at step " + step + " of " + end);
    }

    @Override
    public void failed(RunSpec spec, Throwable why) {
        write("broken", RunWords.of(spec, labels) + ": " + trace(why));
    }

    @Override
    public void ended(RunSpec spec, RunRecord record, int done, int total) {
        String time = record.nanos().isPresent()
                ? String.format(Locale.ROOT, " in %.3f s", record.nanos().getAsLong() / NANOS)
                : "";
        String message = record.message().isEmpty() ? "" : ": " + record.message();
        write(record.outcome().key(), RunWords.of(spec, labels) + time + message);
    }

    private static String trace(Throwable why) {
        StringWriter text = new StringWriter();
        why.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }

    /** One entry; what follows its first line is indented. */
    private synchronized void write(String kind, String text) {
        if (out == null) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String indented =
                Terminal.plain(text.replace("\r", "").replace("\t", "    ").replace("\n", "\n    "));
        try {
            out.write(now + " " + kind + " ".repeat(Math.max(1, 10 - kind.length())) + indented + "\n");
            out.flush();
        } catch (IOException e) {
            giveUp(e);
        }
    }

    private void giveUp(IOException why) {
        close();
        complaints.accept(file + " cannot be written (" + why.getMessage() + "): the runs go on without a log");
    }

    @Override
    public synchronized void close() {
        Writer closing = out;
        out = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (IOException e) {
                // Every entry was flushed, or complained of.
            }
        }
    }
}
