package org.bpttbench.experiments.run;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time make runs in a results folder. The lock is the operating system's, on a file {@code .lock},
 * and ends with the process however that ends; what stands in the file only tells who holds it.
 */
public final class FolderLock implements Closeable {
    private static final String FILE = ".lock";
    private static final int LONGEST_HOLDER = 1024;

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock, without waiting.
     *
     * @param folder made if need be
     * @throws IOException if it is held, with the holder
     */
    public static FolderLock take(Path folder) throws IOException {
        FileChannel file = OwnFiles.open(OwnFiles.folder(folder).resolve(FILE));
        try {
            if (lock(file) == null) {
                throw new IOException(folder + " is in use by " + holder(file)
                        + ": wait until that has ended, or give another folder with --out");
            }
            file.truncate(0);
            file.write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)), 0);
            return new FolderLock(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    private static String self() {
        return "process " + ProcessHandle.current().pid() + " on " + host() + " since " + Instant.now();
    }

    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static String holder(FileChannel file) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_HOLDER);
        file.read(text, 0);
        String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
        return holder.isEmpty() ? "another process" : holder;
    }

    @Override
    public void close() throws IOException {
        try (file) {
            file.truncate(0);
        }
    }
}
