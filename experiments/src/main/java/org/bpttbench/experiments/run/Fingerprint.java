package org.bpttbench.experiments.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.variants.Estimators;

/**
 * Which code makes results: a hash of the compiled classes of core, variants and experiments, of their names, sizes and
 * checksums (CRC-32) alone, so that it is the same from a folder of classes as from a jar, whenever that was packed, and a
 * jar need not be unpacked for it. It tells code from other code; it is no seal. Backends are not in it: they have equal bits.
 */
public final class Fingerprint {
    private static final int DIGITS = 16;
    private static final String CLASS = ".class";

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
        SortedSet<String> classes = new TreeSet<>();
        try {
            for (Path location : locations) {
                if (Files.isDirectory(location)) {
                    collectFolder(location, classes);
                } else {
                    collectJar(location, classes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the classes of this program", e);
        }
        return Json.hash(String.join("\n", classes), DIGITS);
    }

    private static void collectJar(Path file, Set<String> classes) throws IOException {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            jar.stream()
                    .filter(entry -> entry.getName().endsWith(CLASS))
                    .forEach(entry -> classes.add(line(entry.getName(), entry.getSize(), entry.getCrc())));
        }
    }

    private static void collectFolder(Path root, Set<String> classes) throws IOException {
        List<Path> files;
        try (Stream<Path> walked = Files.walk(root)) {
            files = walked.filter(file -> file.toString().endsWith(CLASS)).toList();
        }
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            String name = root.relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), "/");
            classes.add(line(name, bytes.length, checksum.getValue()));
        }
    }

    private static String line(String name, long size, long checksum) {
        return name + ' ' + size + ' ' + checksum;
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
}
