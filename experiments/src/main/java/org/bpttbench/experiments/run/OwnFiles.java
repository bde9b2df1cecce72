package org.bpttbench.experiments.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writing inside a results folder. The folder itself may be a link, as to a larger disk; links that lie in it may lead to
 * anybody's files and are not written through: what is replaced whole takes the link's place, all else is refused.
 */
public final class OwnFiles {
    private OwnFiles() {}

    /** What a file is filled by. */
    @FunctionalInterface
    public interface Content {
        /** @throws IOException if it cannot be written */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Makes a results folder, if there is none.
     *
     * @return the same path
     * @throws IOException with a reason in words
     */
    public static Path folder(Path folder) throws IOException {
        try {
            return Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(folder + " cannot be made: a file has that name", e);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.toString() : e.getReason();
            throw new IOException(folder + " cannot be made: " + reason, e);
        }
    }

    /**
     * Makes a folder inside a results folder, if there is none.
     *
     * @throws IOException with a reason in words, if a link has that name too
     */
    public static Path below(Path results, String name) throws IOException {
        Path folder = folder(results).resolve(name);
        refuseLink(folder);
        return folder(folder);
    }

    /** @throws IOException if the path is that of a link, wherever it leads */
    static void refuseLink(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            throw new IOException(
                    path + " is a link: nothing is written through links inside a results folder. Put what it"
                            + " leads to in its place; the results folder as a whole may be a link");
        }
    }

    /** A channel to a file that is no link, made if need be. */
    static FileChannel open(Path file) throws IOException {
        refuseLink(file);
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
    }

    /** Writes a file whole or not at all, in the place of whatever has its name. */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, out -> out.write(content));
    }

    /**
     * Writes a file whole or not at all, in the place of whatever has its name: by way of one beside it, because only within
     * one file system a move is one step.
     */
    public static void replace(Path file, Content content) throws IOException {
        Path written = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.deleteIfExists(written);
            try (OutputStream out =
                    Files.newOutputStream(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
