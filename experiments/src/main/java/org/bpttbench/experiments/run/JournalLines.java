package org.bpttbench.experiments.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bpttbench.core.catalog.Arguments;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link JournalWriter} wrote, one line at a time: a file of any size takes the memory of its longest line. */
public final class JournalLines {
    private static final String REMEDY =
            ". Nothing has been changed. Restore the file from a copy, or move this line out"
                    + " of it: what it recorded is then made anew";

    private final Path file;
    private final Consumer<Arguments> reader;
    private byte[] line = new byte[1 << 16];
    private int length;
    private int number = 1;
    private boolean anySummed;
    private int unsummed;

    private JournalLines(Path file, Consumer<Arguments> reader) {
        this.file = file;
        this.reader = reader;
    }

    /**
     * How a file was found.
     *
     * @param lines that are complete
     * @param torn bytes after the last line feed, of a line that a crash tore; not handed on
     * @param unsummed lines from a version that wrote no checksums
     */
    public record Found(Path file, int lines, long torn, int unsummed) {
        /** What is worth telling, each a sentence that names the file. */
        public List<String> notices() {
            return notices(file.toString());
        }

        /** The same, with the line in which a torn one is. */
        List<String> placedNotices() {
            return notices(file + ":" + (lines + 1));
        }

        private List<String> notices(String tornAt) {
            List<String> notices = new ArrayList<>();
            if (torn > 0) {
                notices.add(tornAt + ": its last line was torn by a crash; the " + torn
                        + " bytes of it are dropped, and what it recorded is made anew");
            }
            if (unsummed > 0) {
                notices.add(file + ": " + unsummed
                        + " lines are of a version that wrote no checksums; damage to them would not be noticed");
            }
            return notices;
        }
    }

    /**
     * Hands on every record of a file, in order.
     *
     * @param reader throws IllegalArgumentException for a record that it cannot read
     * @throws IOException with the place and what to do, if a line is damaged or cannot be read
     */
    public static Found read(Path file, Consumer<Arguments> reader) throws IOException {
        return new JournalLines(file, reader).read();
    }

    private Found read() throws IOException {
        byte[] piece = new byte[1 << 16];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                split(piece, count);
            }
        } catch (OutOfMemoryError e) {
            throw unreadable("with " + Runtime.getRuntime().maxMemory() + " bytes of memory it cannot be read", e);
        }
        return new Found(file, number - 1, length, unsummed);
    }

    private IOException unreadable(String why, @Nullable Throwable cause) {
        return new IOException(file + ":" + number + ": not a journal record: " + why + REMEDY, cause);
    }

    private void split(byte[] piece, int count) throws IOException {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (piece[i] == '\n') {
                add(piece, start, i);
                accept();
                start = i + 1;
            }
        }
        add(piece, start, count);
    }

    private void add(byte[] piece, int from, int to) throws IOException {
        int more = to - from;
        if (length + more > JournalLine.LONGEST) {
            throw unreadable("a line of more than " + JournalLine.LONGEST + " bytes", null);
        }
        if (line.length - length < more) {
            line = Arrays.copyOf(line, Math.max(Math.addExact(length, more), 2 * line.length));
        }
        System.arraycopy(piece, from, line, length, more);
        length += more;
    }

    private void accept() throws IOException {
        try {
            JournalLine read = JournalLine.read(line, length);
            if (anySummed && !read.summed()) {
                throw new IllegalArgumentException("it lacks the checksum that the lines before it have");
            }
            if (read.tree().has(Session.SCHEMA) && !read.summed()) {
                throw new IllegalArgumentException("it lacks the checksum that every session of its schema has");
            }
            anySummed = read.summed();
            unsummed += read.summed() ? 0 : 1;
            reader.accept(read.tree());
        } catch (IllegalArgumentException e) {
            throw unreadable(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw unreadable("its content is not that of such a record", e);
        }
        length = 0;
        number++;
    }
}
