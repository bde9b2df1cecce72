package org.bpttbench.experiments.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time make runs in a results folder, or one for each shard of its sweep. The locks are the operating
 * system's, on a file {@code .lock}, and end with the process however that ends: one who makes all runs locks the whole of
 * it, a shard its own byte. What stands in files only tells who holds them.
 */
public final class FolderLock implements Closeable {
    private static final String FILE = ".lock";
    private static final Pattern SHARD = Pattern.compile("\\.lock-shard-([0-9]{1,9})-of-([0-9]{1,9})");
    private static final int LONGEST_HOLDER = 1024;

    private final FileChannel file;
    private final Path told;

    private FolderLock(FileChannel file, Path told) {
        this.file = file;
        this.told = told;
    }

    /**
     * Takes the lock on the whole folder, without waiting.
     *
     * @param folder made if need be
     * @throws IOException if it is held, or that of a shard is, with the holder
     */
    public static FolderLock take(Path folder) throws IOException {
        return take(folder, Optional.empty());
    }

    /**
     * Takes the lock of one shard, or on the whole folder, without waiting.
     *
     * @param folder made if need be
     * @param shard empty for all runs
     * @throws IOException with the holder, if it is held, or somebody holds the whole folder or shards of another count,
     *     which would make the same runs
     */
    public static FolderLock take(Path folder, Optional<Shard> shard) throws IOException {
        Path path = OwnFiles.folder(folder).resolve(FILE);
        FileChannel file = OwnFiles.open(path);
        try {
            FolderLock lock =
                    new FolderLock(file, shard.map(part -> told(folder, part)).orElse(path));
            if (shard.isPresent()) {
                lock.takeByte(folder, shard.get());
            } else {
                lock.takeAll(folder);
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void takeAll(Path folder) throws IOException {
        if (lock(0, Long.MAX_VALUE) == null) {
            String holder = holder();
            throw inUse(folder, holder.isEmpty() ? heldShard(folder, shard -> true) : holder);
        }
        // By this channel: when any other on the file is closed, the system may take it for the end of the lock.
        file.truncate(0);
        file.write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)), 0);
    }

    private void takeByte(Path folder, Shard shard) throws IOException {
        if (lock(place(shard), 1) == null) {
            String holder = holder();
            throw inUse(folder, holder.isEmpty() ? described(folder, shard) : holder);
        }
        file.truncate(0); // of one that was killed: nobody has the whole folder now
        OwnFiles.replace(told, self().getBytes(StandardCharsets.UTF_8));
        String other = heldShard(folder, held -> held.count() != shard.count());
        if (!other.isEmpty()) {
            Files.deleteIfExists(told);
            throw inUse(folder, other);
        }
    }

    private static IOException inUse(Path folder, String holder) {
        return new IOException(folder + " is in use by " + (holder.isEmpty() ? "another process" : holder)
                + ": wait until that has ended, or give another folder with --out");
    }

    /** The first of some shards that is held; empty if none is. */
    private String heldShard(Path folder, Predicate<Shard> among) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.sorted().toList();
        }
        for (Path each : files) {
            Optional<Shard> shard = named(each.getFileName().toString()).filter(among);
            if (shard.isPresent() && isHeld(shard.get())) {
                return described(folder, shard.get());
            }
        }
        return "";
    }

    private static Optional<Shard> named(String file) {
        Matcher name = SHARD.matcher(file);
        try {
            return name.matches()
                    ? Optional.of(new Shard(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not written here
        }
    }

    private boolean isHeld(Shard shard) throws IOException {
        FileLock free = lock(place(shard), 1);
        if (free != null) {
            free.release();
        }
        return free == null;
    }

    private static String described(Path folder, Shard shard) throws IOException {
        Path told = told(folder, shard);
        String holder = "";
        if (Files.isRegularFile(told)) {
            try (InputStream in = Files.newInputStream(told)) {
                holder = new String(in.readNBytes(LONGEST_HOLDER), StandardCharsets.UTF_8);
            }
        }
        return "shard " + shard + ": " + (holder.isEmpty() ? "another process" : holder);
    }

    /** A byte for every shard of every count, behind whatever may stand in the file. */
    private static long place(Shard shard) {
        return LONGEST_HOLDER + (long) shard.count() * (shard.count() - 1) / 2 + shard.index();
    }

    private static Path told(Path folder, Shard shard) {
        return folder.resolve(FILE + "-" + shard.label());
    }

    private @Nullable FileLock lock(long from, long size) throws IOException {
        try {
            return file.tryLock(from, size, false);
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

    private String holder() throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_HOLDER);
        file.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
    }

    /** The file of a shard goes; the lock's stays, since others may have it open. */
    @Override
    public void close() throws IOException {
        try (file) {
            if (told.endsWith(FILE)) {
                file.truncate(0);
            } else {
                Files.deleteIfExists(told);
            }
        }
    }
}
