package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
    private static final Map<String, String> CODE =
            new TreeMap<>(Map.of("org/one/A.class", "one", "org/one/B.class", "two", "org/two/C.class", "three"));

    @TempDir
    Path folder;

    private Path classes(String name, Map<String, String> code) throws IOException {
        Path root = Files.createDirectories(folder.resolve(name));
        for (Map.Entry<String, String> entry : code.entrySet()) {
            Path file = root.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, entry.getValue());
        }
        return root;
    }

    private Path jar(String name, Map<String, String> code, long time) throws IOException {
        Path file = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : code.entrySet()) {
                JarEntry packed = new JarEntry(entry.getKey());
                packed.setTime(time);
                out.putNextEntry(packed);
                out.write(entry.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return file;
    }

    @Test
    void isTheSameFromFoldersAndJarsWheneverTheyWereMade() throws IOException {
        Path early = classes("early", CODE);
        Path late = classes("late", CODE);
        Files.setLastModifiedTime(late.resolve("org/one/A.class"), FileTime.fromMillis(0));
        Files.writeString(late.resolve("notes.txt"), "no class");
        String expected = Fingerprint.of(List.of(early));
        assertThat(expected).matches("[0-9a-f]{16}");
        assertThat(Fingerprint.of(List.of(late))).isEqualTo(expected);
        assertThat(Fingerprint.of(List.of(jar("a.jar", CODE, 1_000_000_000_000L))))
                .isEqualTo(expected);
        assertThat(Fingerprint.of(List.of(jar("b.jar", CODE, 1_500_000_000_000L))))
                .isEqualTo(expected);
        Path one = classes("one", Map.of("org/one/A.class", "one", "org/one/B.class", "two"));
        Path two = jar("two.jar", Map.of("org/two/C.class", "three"), 0);
        assertThat(Fingerprint.of(List.of(two, one))).isEqualTo(expected);
    }

    @Test
    void everyByteNameAndClassCounts() throws IOException {
        String whole = Fingerprint.of(List.of(classes("whole", CODE)));
        Map<String, String> changed = new TreeMap<>(CODE);
        changed.put("org/one/B.class", "twO");
        Map<String, String> renamed = new TreeMap<>(CODE);
        renamed.put("org/one/D.class", String.valueOf(renamed.remove("org/one/B.class")));
        Map<String, String> more = new TreeMap<>(CODE);
        more.put("org/one/E.class", "");
        assertThat(List.of(
                        Fingerprint.of(List.of(classes("changed", changed))),
                        Fingerprint.of(List.of(classes("renamed", renamed))),
                        Fingerprint.of(List.of(classes("more", more)))))
                .doesNotContain(whole)
                .doesNotHaveDuplicates();
    }

    @Test
    void thisCodeHasOne() {
        assertThat(Fingerprint.current()).matches("[0-9a-f]{16}").isEqualTo(Fingerprint.current());
        assertThat(Fingerprint.current()).isNotEqualTo(Fingerprint.of(List.of()));
    }

    private static Sweep sweep(String text) {
        return new SweepReader(Bundled.catalogs(new TaskShelf())).read("x.yaml", text);
    }

    /** What a sweep is called and says of itself changes no run's id. */
    @Test
    void labelsAndCommentsChangeNoIdentity() {
        String plain = """
                name: one
                seed: 1
                task: {type: linear-drive, a: 0.5}
                measure: {bias: {at: [0], length: 20, draws: 10}}
                grid: {estimator: [full, {type: tbptt, length: 5}]}
                """;
        String labelled = """
                # A comment.
                name: two
                about: another name, and a reason   # and another comment
                seed: 1
                replicates: 1
                task: {type: linear-drive, a: 0.5}
                measure: {bias: {at: [0], length: 20, draws: 10, margin: 0.2}}
                grid: {estimator: [full, {type: tbptt, length: 5}]}
                reference: {estimator.type: full}
                claims: []
                """;
        assertThat(ids(labelled)).isEqualTo(ids(plain));
        assertThat(ids(plain.replace("seed: 1", "seed: 2"))).doesNotContainAnyElementsOf(ids(plain));
    }

    private static List<Object> ids(String text) {
        return sweep(text).runs().stream().map(run -> (Object) run.id()).toList();
    }
}
