package org.bpttbench.experiments.run;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that becomes part of a journal when it is complete. Until then it has no name that a journal's reader looks at; then
 * it is called by its content, so that it takes no other's place. Nothing is made before there is something to write.
 */
final class MergedFile implements Closeable {
    private static final String UNFINISHED = ".merging";
    private static final int DIGITS = 16;

    private final Path target;
    private final Map<String, Map<String, Object>> sessions;
    private final Set<String> written = new HashSet<>();
    private final MessageDigest content = sha256();
    private @Nullable FileOutputStream file;
    private @Nullable OutputStream buffer;

    /** @param sessions id → record of every one that may be asked for */
    MergedFile(Path target, Map<String, Map<String, Object>> sessions) {
        this.target = target;
        this.sessions = sessions;
    }

    /** A reader must know a session before its runs, whatever files it has read before; those it cannot find have none. */
    void session(String id) throws IOException {
        Map<String, Object> session = sessions.get(id);
        if (session != null && written.add(id)) {
            record(session);
        }
    }

    void record(Map<String, Object> tree) throws IOException {
        byte[] line = JournalLine.write(tree);
        content.update(line);
        out().write(line);
    }

    private OutputStream out() throws IOException {
        if (buffer == null) {
            OwnFiles.below(target, Journal.FOLDER);
            Files.deleteIfExists(unfinished()); // of one that was killed, or a link
            file = new FileOutputStream(unfinished().toFile());
            buffer = new BufferedOutputStream(file);
        }
        return buffer;
    }

    private Path unfinished() {
        return Journal.folder(target).resolve(UNFINISHED);
    }

    /** Makes what was written part of the journal; if nothing was, does nothing. */
    void publish() throws IOException {
        if (buffer == null) {
            return;
        }
        buffer.flush();
        Objects.requireNonNull(file).getFD().sync();
        buffer.close();
        buffer = null;
        String name = "merged-" + HexFormat.of().formatHex(content.digest()).substring(0, DIGITS);
        Files.move(unfinished(), Journal.file(target, name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what was not made part of it. */
    @Override
    public void close() throws IOException {
        if (buffer != null) {
            Objects.requireNonNull(file).close();
            Files.deleteIfExists(unfinished());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
