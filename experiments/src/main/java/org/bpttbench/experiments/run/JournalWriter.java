package org.bpttbench.experiments.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bpttbench.experiments.spec.Json;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to one worker's journal file. A record is with the operating system when {@link #append} returns, so that
 * no end of the process loses it, and on the disk within a second, so that a loss of power loses no more than that. After an
 * error nothing more is written: the file ends with its last complete line. Thread-safe.
 */
public final class JournalWriter implements Closeable {
    /** From the first record that is not on the disk to the moment at which it is put there. */
    private static final long PAUSE_MILLIS = 500;

    private final String name;
    private final JournalFile file;
    private final int longest;
    private final Thread syncing;
    private long written;
    private boolean dirty;
    private boolean closed;
    private @Nullable IOException failure;

    /**
     * Opens a file at its end; what a crash left of an unfinished line goes, complete lines stay.
     *
     * @throws IOException if another writer has it open
     */
    public JournalWriter(Path path) throws IOException {
        this(path.toString(), new DiskFile(path));
    }

    /** @param name of the file, for messages */
    JournalWriter(String name, JournalFile file) {
        this(name, file, JournalLine.LONGEST);
    }

    /** @param longest record that is taken, in bytes of its line */
    JournalWriter(String name, JournalFile file, int longest) {
        this.name = name;
        this.file = file;
        this.longest = longest;
        this.syncing = new Thread(this::keepSyncing, "journal-sync");
        syncing.setDaemon(true);
        syncing.start();
    }

    /**
     * @param record a tree as {@link Json} has them
     * @throws IllegalArgumentException if it is none, or too long for a journal: nothing is written then, and others can be
     * @throws IOException if it could not be written, now or ever after; what was appended before stays
     */
    public synchronized void append(Map<String, Object> record) throws IOException {
        byte[] line = JournalLine.write(record, longest);
        throwFailure();
        try {
            file.write(line);
        } catch (IOException e) {
            fail(e);
            takeBack();
            throwFailure();
        } catch (RuntimeException | Error e) {
            takeBackOrFail(); // no memory to hand it on, say: that is the record's misfortune, not the file's
            throw e;
        }
        written += line.length;
        dirty = true;
        notifyAll();
    }

    /** Half a line at the end would be dropped by the next reader all the same. */
    private void takeBack() {
        try {
            file.keepFirst(written);
        } catch (IOException e) {
            // The file is as it is; a reader says how much of it does not count.
        }
    }

    private void takeBackOrFail() {
        try {
            file.keepFirst(written);
        } catch (IOException e) {
            fail(e);
        }
    }

    private synchronized void fail(IOException cause) {
        if (failure == null) {
            failure = new IOException(
                    name + " cannot be written: " + cause.getMessage()
                            + ". Every run recorded before is kept; mend the cause and give the same command again",
                    cause);
        }
        notifyAll();
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private void keepSyncing() {
        try {
            while (awaitRecords()) {
                Thread.sleep(PAUSE_MILLIS);
                sync();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but an embedder that ends all threads; close() still syncs.
        }
    }

    /** @return false when there will be none */
    private synchronized boolean awaitRecords() throws InterruptedException {
        while (!dirty && !closed && failure == null) {
            wait();
        }
        return !closed && failure == null;
    }

    private void sync() {
        synchronized (this) {
            if (!dirty || closed) {
                return;
            }
            dirty = false;
        }
        try {
            file.sync();
        } catch (IOException e) {
            fail(e);
        }
    }

    /** @throws IOException if something that was appended may not be on the disk */
    @Override
    public void close() throws IOException {
        boolean last;
        synchronized (this) {
            if (closed) {
                return;
            }
            last = dirty;
            closed = true;
            notifyAll();
        }
        awaitSyncing();
        try (file) {
            if (last) {
                file.sync();
            }
        } catch (IOException e) {
            fail(e);
        }
        synchronized (this) {
            throwFailure();
        }
    }

    private void awaitSyncing() {
        syncing.interrupt();
        boolean interrupted = false;
        while (syncing.isAlive()) {
            try {
                syncing.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
