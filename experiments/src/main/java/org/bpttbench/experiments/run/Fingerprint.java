package org.bpttbench.experiments.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.variants.Estimators;

/**
 * Which code makes results: a hash of the compiled classes of core, variants and experiments, of their names and bytes alone,
 * so that it is the same from a folder of classes as from a jar, whenever that was packed. Backends are not in it: they have
 * equal bits.
 */
public final class Fingerprint {
    private static final int DIGITS = 16;

    private Fingerprint() {}

    private static final class Current {
        private static final String VALUE =
                of(List.of(location(Network.class), location(Estimators.class), location(Runner.class)));
    }

    /** Of the code that is running: 16 hexadecimal digits. Computed at the first call. */
    public static String current() {
        return Current.VALUE;
    }

    /**
     * Of any code.
     *
     * @param locations folders of classes, or jars, in any order
     */
    static String of(List<Path> locations) {
        Map<String, byte[]> classes = new TreeMap<>();
        try {
            for (Path location : locations) {
                if (Files.isDirectory(location)) {
                    collect(location, classes);
                } else {
                    try (FileSystem jar = FileSystems.newFileSystem(location)) {
                        collect(jar.getPath("/"), classes);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the classes of this program", e);
        }
        MessageDigest all = sha256();
        classes.forEach((name, hash) -> {
            all.update(name.getBytes(StandardCharsets.UTF_8));
            all.update((byte) 0);
            all.update(hash);
        });
        return HexFormat.of().formatHex(all.digest()).substring(0, DIGITS);
    }

    private static void collect(Path root, Map<String, byte[]> classes) throws IOException {
        List<Path> files;
        try (Stream<Path> walked = Files.walk(root)) {
            files = walked.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            String name = root.relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), "/");
            classes.put(name, sha256().digest(Files.readAllBytes(file)));
        }
    }

    private static Path location(Class<?> member) {
        URL location = Objects.requireNonNull(member.getProtectionDomain().getCodeSource())
                .getLocation();
        try {
            return Path.of(new URI(location.toString()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("classes at " + location, e);
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
