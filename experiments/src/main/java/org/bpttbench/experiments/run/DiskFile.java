package org.bpttbench.experiments.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A journal file on the disk, locked. Not a channel: that one would be closed under a thread that is interrupted while it
 * writes.
 */
class DiskFile implements JournalFile {
    private final Path path;
    private final RandomAccessFile file;
    private final long start;
    private final @Nullable Object key;

    /**
     * Opens a file at its end; what a crash left of an unfinished line goes, complete lines stay.
     *
     * @throws IOException if another writer has it open, or it is a link
     */
    DiskFile(Path path) throws IOException {
        OwnFiles.refuseLink(path);
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        try {
            lock();
            this.start = endOfLastLine();
            if (start < file.length()) {
                file.setLength(start);
            }
            file.seek(start);
            this.key = key();
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Two writers of one file would tear each other's lines. The lock ends with the file or the process. */
    private void lock() throws IOException {
        try {
            if (file.getChannel().tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same answer.
        }
        throw new IOException(path + " is being written by another run: wait for it, or give --out");
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        requireThere();
        file.write(bytes);
    }

    /** A file that is gone takes bytes without complaint, for nobody to read. */
    private void requireThere() throws IOException {
        boolean there = Files.exists(path) && Objects.equals(key, key());
        if (!there) {
            throw new IOException("the file has been removed or replaced since it was opened");
        }
    }

    private @Nullable Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void keepFirst(long bytes) throws IOException {
        file.setLength(start + bytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private long endOfLastLine() throws IOException {
        byte[] piece = new byte[8192];
        for (long end = file.length(); end > 0; ) {
            int count = (int) Math.min(piece.length, end);
            file.seek(end - count);
            file.readFully(piece, 0, count);
            for (int i = count - 1; i >= 0; i--) {
                if (piece[i] == '\n') {
                    return end - count + i + 1;
                }
            }
            end -= count;
        }
        return 0;
    }
}
