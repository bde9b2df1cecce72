package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may make runs in a folder beside whom. */
class ShardLockTest {
    private static final String ME = "process " + ProcessHandle.current().pid() + " on ";

    @TempDir
    Path folder;

    private FolderLock take(String shard) throws IOException {
        return take(folder, shard);
    }

    private static FolderLock take(Path folder, String shard) throws IOException {
        String[] numbers = shard.split("/");
        return FolderLock.take(
                folder,
                shard.equals("all")
                        ? Optional.empty()
                        : Optional.of(new Shard(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]))));
    }

    private void assertRefused(String shard, String holder) {
        assertThatThrownBy(() -> take(shard))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(folder + " is in use by " + holder)
                .hasMessageEndingWith(": wait until that has ended, or give another folder with --out");
    }

    @Test
    void shardsOfOneCountAreTogetherAndNobodyElse() throws IOException {
        FolderLock second = take("2/3");
        FolderLock third = take("3/3");
        assertRefused("2/3", "shard 2/3: " + ME);
        assertRefused("all", "shard 2/3: " + ME);
        assertRefused("1/2", "shard 2/3: " + ME);
        // A refusal leaves nothing that would keep others out.
        second.close();
        assertRefused("all", "shard 3/3: " + ME);
        third.close();
        take("all").close();
        take("1/2").close();
        assertThat(names()).containsExactly(".lock");
    }

    @Test
    void whoMakesAllRunsIsAlone() throws IOException {
        FolderLock all = take("all");
        assertRefused("1/3", ME);
        assertRefused("all", ME);
        all.close();
        take("1/3").close();
    }

    /** What those who were killed have left behind names nobody. */
    @Test
    void theDeadHoldNothing() throws IOException {
        Files.writeString(folder.resolve(".lock"), "process 1 on nowhere");
        Files.writeString(folder.resolve(".lock-shard-1-of-2"), "process 2 on nowhere");
        Files.writeString(folder.resolve(".lock-shard-9-of-2"), "no shard");
        FolderLock shard = take("2/3");
        assertRefused("2/3", "shard 2/3: " + ME);
        assertRefused("all", "shard 2/3: " + ME);
        shard.close();
        take("1/2").close();
        take("all").close();
    }

    /** Tries what its arguments name, and prints what came of it. */
    static final class Other {
        public static void main(String[] arguments) {
            for (String shard : List.of(arguments).subList(1, arguments.length)) {
                try {
                    take(Path.of(arguments[0]), shard).close();
                    System.out.println("took " + shard);
                } catch (IOException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    @Test
    void otherProcessesAreKeptOutToo() throws IOException, InterruptedException {
        FolderLock mine = take("1/3");
        try {
            assertThat(other("1/3", "2/3", "all", "2/2", "3/3"))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("is in use by shard 1/3: " + ME),
                            second -> assertThat(second).isEqualTo("took 2/3"),
                            all -> assertThat(all).contains("is in use by shard 1/3: " + ME),
                            half -> assertThat(half).contains("is in use by shard 1/3: " + ME),
                            third -> assertThat(third).isEqualTo("took 3/3"));
        } finally {
            mine.close();
        }
        FolderLock all = take("all");
        try {
            assertThat(other("1/3", "all")).hasSize(2).allMatch(line -> line.contains("is in use by " + ME));
        } finally {
            all.close();
        }
    }

    private List<String> other(String... shards) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xshare:auto",
                                        "-XX:TieredStopAtLevel=1",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Other.class.getName(),
                                        folder.toString()),
                                Stream.of(shards))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllLines(said, StandardCharsets.UTF_8);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
