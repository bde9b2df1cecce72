package org.bpttbench.experiments.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.bpttbench.experiments.spec.Json;

/** Appends records to one worker's journal file; each is on the disk when {@link #append} returns. One thread's. */
public final class JournalWriter implements Closeable {
    private final FileChannel file;

    /**
     * Opens a file at its end; what a crash left of an unfinished line goes, complete lines stay.
     *
     * @throws IOException if another writer has it open
     */
    public JournalWriter(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        lock(path);
        long end = endOfLastLine();
        if (end < file.size()) {
            file.truncate(end);
        }
        file.position(end);
    }

    /** Two writers of one file would tear each other's lines. The lock ends with the channel or the process. */
    private void lock(Path path) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same answer.
        }
        file.close();
        throw new IOException(path + " is being written by another run: wait for it, or give --out");
    }

    /** @param record a tree as {@link Json} has them */
    public void append(Map<String, Object> record) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((Json.write(record) + '\n').getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            file.write(line);
        }
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private long endOfLastLine() throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(8192);
        long end = file.size();
        while (end > 0) {
            long from = Math.max(0, end - piece.capacity());
            piece.clear().limit((int) (end - from));
            while (piece.hasRemaining() && file.read(piece, from + piece.position()) >= 0) {
                // Reads on until the piece is full.
            }
            for (int i = piece.limit() - 1; i >= 0; i--) {
                if (piece.get(i) == '\n') {
                    return from + i + 1;
                }
            }
            end = from;
        }
        return 0;
    }
}
