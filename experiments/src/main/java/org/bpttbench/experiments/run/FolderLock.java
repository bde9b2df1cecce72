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
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time make runs in a results folder. The lock is the operating system's, on a file {@code .lock},
 * and ends with the process however that ends; what stands in the file only tells who holds it.
 */
public final class FolderLock implements Closeable {
    private static final String FILE = ".lock";
    private static final int LONGEST_HOLDER = 1024;
    private static final Pattern HOLDER = Pattern.compile("process ([0-9]{1,18}) on (\\S+) since (\\S+)");

    /** By how much the start of a process and what it writes of itself may contradict each other. */
    private static final Duration CLOCKS = Duration.ofSeconds(2);

    private final FileChannel file;

    /**
     * Who says that it holds a folder.
     *
     * @param pid of the process
     * @param host that it runs on
     * @param since when
     */
    public record Holder(long pid, String host, Instant since) {
        /** Whether that process still goes on. */
        public enum Life {
            GOES_ON,
            /** It ended without a chance to say so. */
            GONE,
            /** It runs on another host, if it does. */
            ELSEWHERE
        }

        /** As far as can be told from here. */
        public Life life() {
            if (!host.equals(FolderLock.host())) {
                return Life.ELSEWHERE;
            }
            return ProcessHandle.of(pid).filter(this::isIt).isPresent() ? Life.GOES_ON : Life.GONE;
        }

        /** Not one that has got the number of a process that is gone. */
        private boolean isIt(ProcessHandle process) {
            return process.isAlive()
                    && process.info()
                            .startInstant()
                            .map(start -> start.isBefore(since.plus(CLOCKS)))
                            .orElse(true);
        }
    }

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

    /**
     * Who holds a folder or a part of it, or held it when killed: one, or several that each make a part of the runs. Does not
     * touch the lock, so that whoever looks disturbs nobody. Not for a process that holds it itself: on many systems closing
     * the file gives up the lock.
     */
    public static List<Holder> holders(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.getFileName().toString().startsWith(FILE))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
        List<Holder> holders = new ArrayList<>();
        for (Path file : files) {
            try {
                parse(start(file)).ifPresent(holders::add);
            } catch (IOException e) {
                // Removed while it was looked at.
            }
        }
        return holders;
    }

    private static String start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_HOLDER), StandardCharsets.UTF_8).strip();
        }
    }

    private static Optional<Holder> parse(String text) {
        Matcher matcher = HOLDER.matcher(text);
        try {
            return matcher.matches()
                    ? Optional.of(new Holder(
                            Long.parseLong(matcher.group(1)), matcher.group(2), Instant.parse(matcher.group(3))))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
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

    /** The name of this machine. */
    public static String host() {
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
