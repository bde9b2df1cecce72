package org.bpttbench.experiments.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
            String holder = wholeHolder();
            throw inUse(folder, holder.isEmpty() ? heldShard(folder, shard -> true) : holder);
        }
        for (Path leftBehind : shards(folder).values()) {
            Files.deleteIfExists(leftBehind); // by one that was killed: nobody has a shard now
        }
        // By this channel: when any other on the file is closed, the system may take it for the end of the lock.
        file.truncate(0);
        file.write(ByteBuffer.wrap(bytes(Holder.self(Optional.empty()))), 0);
    }

    private void takeByte(Path folder, Shard shard) throws IOException {
        if (lock(place(shard), 1) == null) {
            String holder = wholeHolder();
            throw inUse(folder, holder.isEmpty() ? described(folder, shard) : holder);
        }
        file.truncate(0); // of one that was killed: nobody has the whole folder now
        OwnFiles.replace(told, bytes(Holder.self(Optional.of(shard))));
        String other = heldShard(folder, held -> held.count() != shard.count());
        if (!other.isEmpty()) {
            Files.deleteIfExists(told);
            throw inUse(folder, other);
        }
    }

    private static byte[] bytes(Holder holder) {
        return holder.text().getBytes(StandardCharsets.UTF_8);
    }

    private static IOException inUse(Path folder, String holder) {
        return new IOException(folder + " is in use by " + (holder.isEmpty() ? "another process" : holder)
                + ": wait until that has ended, or give another folder with --out");
    }

    /**
     * Who holds a folder or shards of it, or held them when killed. Does not touch the lock, so that whoever looks disturbs
     * nobody. Not for a process that holds it itself: on many systems closing the file gives up the lock.
     */
    public static List<Holder> holders(Path folder) throws IOException {
        List<Holder> holders = new ArrayList<>();
        Path whole = folder.resolve(FILE);
        if (Files.isRegularFile(whole)) {
            Holder.parse(start(whole), Optional.empty()).ifPresent(holders::add);
        }
        for (Map.Entry<Shard, Path> shard : shards(folder).entrySet()) {
            Holder.parse(start(shard.getValue()), Optional.of(shard.getKey())).ifPresent(holders::add);
        }
        return holders;
    }

    /** The files in which shards say who holds them, also those that a killed one has left behind. */
    private static Map<Shard, Path> shards(Path folder) throws IOException {
        Map<Shard, Path> shards = new TreeMap<>();
        try (Stream<Path> listed = Files.list(folder)) {
            listed.filter(Files::isRegularFile)
                    .forEach(file -> named(file).ifPresent(shard -> shards.put(shard, file)));
        }
        return shards;
    }

    private static Optional<Shard> named(Path file) {
        Matcher name = SHARD.matcher(String.valueOf(file.getFileName()));
        try {
            return name.matches()
                    ? Optional.of(new Shard(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not written here
        }
    }

    /** What it begins with; empty if it was removed while it was looked for. */
    private static String start(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_HOLDER), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** The first of some shards that is held; empty if none is. */
    private String heldShard(Path folder, Predicate<Shard> among) throws IOException {
        for (Shard shard : shards(folder).keySet()) {
            if (among.test(shard) && isHeld(shard)) {
                return described(folder, shard);
            }
        }
        return "";
    }

    private boolean isHeld(Shard shard) throws IOException {
        FileLock free = lock(place(shard), 1);
        if (free != null) {
            free.release();
        }
        return free == null;
    }

    private static String described(Path folder, Shard shard) {
        String holder = start(told(folder, shard));
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

    /** By this channel too. */
    private String wholeHolder() throws IOException {
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
