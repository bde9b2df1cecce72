package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines, their checksums, and what becomes of them when a disk does not do as it is told. */
class JournalFilesTest {
    @TempDir
    Path folder;

    private static Map<String, Object> record(long number) {
        return Map.of("number", number);
    }

    private Path file() {
        return folder.resolve("worker-0.jsonl");
    }

    private List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        JournalLines.read(file(), tree -> numbers.add(tree.whole("number")));
        return numbers;
    }

    private void write(long... numbers) throws IOException {
        try (JournalWriter writer = new JournalWriter(file())) {
            for (long number : numbers) {
                writer.append(record(number));
            }
        }
    }

    /** The Castagnoli CRC of "123456789" is E3069283, as catalogues of CRCs have it. */
    @Test
    void theSumIsTheCastagnoliCrcOfWhatStandsBeforeIt() throws IOException {
        String line = new String(JournalLine.write(Map.of("text", "123456789")), StandardCharsets.UTF_8);
        assertThat(line).matches("\\{\"text\":\"123456789\",\"sum\":\"[0-9a-f]{8}\"}\n");
        java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
        sum.update("123456789".getBytes(StandardCharsets.UTF_8));
        assertThat(Long.toHexString(sum.getValue())).isEqualTo("e3069283");
        sum.reset();
        sum.update("{\"text\":\"123456789\"".getBytes(StandardCharsets.UTF_8));
        assertThat(line).contains(String.format("\"sum\":\"%08x\"", sum.getValue()));
        assertThatThrownBy(() -> JournalLine.write(Map.of("sum", 1L))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whichever bit flips, in whichever line but the last byte of all: no record is lost or changed without a word. */
    @Test
    void noFlippedBitPasses() throws IOException {
        write(1, 2, 3);
        byte[] bytes = Files.readAllBytes(file());
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file(), damaged);
            if (bit / 8 == bytes.length - 1) {
                JournalLines.Found found = JournalLines.read(file(), tree -> {});
                assertThat(found.torn()).isGreaterThan(20);
                continue;
            }
            List<Long> read = new ArrayList<>();
            try {
                JournalLines.Found found = JournalLines.read(file(), tree -> read.add(tree.whole("number")));
                // The sum of the very first line cannot be told from none; then its record is as it was, and it is
                // said.
                assertThat(read).containsExactly(1L, 2L, 3L);
                assertThat(found.unsummed()).isEqualTo(1);
                assertThat(bit / 8).isLessThan(bytes.length / 3);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("worker-0.jsonl:").hasMessageContaining("Nothing has been changed");
            }
        }
    }

    @Test
    void aChangedDigitIsToldWithItsPlaceAndWhatToDo() throws IOException {
        write(1, 2, 3);
        String text = Files.readString(file());
        Files.writeString(file(), text.replace("\"number\":2", "\"number\":5"));
        assertThatThrownBy(this::numbers)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file() + ":2: not a journal record: its checksum is ")
                .hasMessageContaining("the line is damaged")
                .hasMessageContaining("Restore the file from a copy, or move this line out of it");
        // Moved out, the rest is whole.
        Files.writeString(file(), text.replaceFirst("(?m)^.*\"number\":2.*\n", ""));
        assertThat(numbers()).containsExactly(1L, 3L);
    }

    @Test
    void aLineWithoutItsSumIsToldOfAfterOneThatHasOne() throws IOException {
        write(1);
        Files.writeString(file(), "{\"number\":2}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(this::numbers).hasMessageContaining("worker-0.jsonl:2: not a journal record: it lacks");
    }

    @Test
    void linesOfVersionsWithoutSumsAreReadWithANotice() throws IOException {
        Files.writeString(file(), "{\"number\":1}\n{\"number\":2}\n");
        write(3);
        assertThat(numbers()).containsExactly(1L, 2L, 3L);
        assertThat(JournalLines.read(file(), tree -> {}).notices())
                .containsExactly(
                        file() + ": 2 lines are of a version that wrote no checksums; damage to them would not be"
                                + " noticed");
    }

    @Test
    void aTornLineIsDroppedAndSaid() throws IOException {
        write(1, 2);
        byte[] bytes = Files.readAllBytes(file());
        for (int cut = 1; cut < bytes.length / 2; cut++) {
            Files.write(file(), Arrays.copyOf(bytes, bytes.length - cut));
            assertThat(numbers()).containsExactly(1L);
            int torn = bytes.length / 2 - cut;
            assertThat(JournalLines.read(file(), tree -> {}).notices())
                    .containsExactly(file() + ": its last line was torn by a crash; the " + torn
                            + " bytes of it are dropped, and what it recorded is made anew");
            write(7);
            assertThat(numbers()).containsExactly(1L, 7L);
        }
    }

    /** Lines longer than any buffer, and many: one at a time. */
    @Test
    void linesOfAnyLengthAreRead() throws IOException {
        String text = "x".repeat(300_000);
        try (JournalWriter writer = new JournalWriter(file())) {
            for (int i = 0; i < 3; i++) {
                writer.append(Map.of("text", text + i));
            }
        }
        List<String> read = new ArrayList<>();
        JournalLines.read(file(), tree -> read.add(tree.text("text")));
        assertThat(read).containsExactly(text + 0, text + 1, text + 2);
    }

    /** Takes so many bytes, then is full; or cannot sync. */
    private static final class Breaking implements JournalFile {
        private final StringBuilder taken = new StringBuilder();
        private final CountDownLatch synced = new CountDownLatch(1);
        private final int room;
        private final boolean syncs;
        private boolean closed;

        Breaking(int room, boolean syncs) {
            this.room = room;
            this.syncs = syncs;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            int fits = Math.min(bytes.length, room - taken.length());
            taken.append(new String(bytes, 0, fits, StandardCharsets.UTF_8));
            if (fits < bytes.length) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void sync() throws IOException {
            synced.countDown();
            if (!syncs) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public void keepFirst(long bytes) {
            taken.setLength((int) bytes);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void aFullDiskIsToldAndWhatWasWrittenStaysWhole() throws IOException {
        int length = JournalLine.write(record(1)).length;
        Breaking disk = new Breaking(2 * length + 10, true);
        JournalWriter writer = new JournalWriter("worker-0.jsonl", disk);
        writer.append(record(1));
        writer.append(record(2));
        String told =
                "worker-0.jsonl cannot be written: No space left on device. Every run recorded before is kept; mend"
                        + " the cause and give the same command again";
        assertThatThrownBy(() -> writer.append(record(3)))
                .isInstanceOf(IOException.class)
                .hasMessage(told);
        assertThat(disk.taken).hasSize(2 * length).endsWith("}\n");
        // Not even if there is room again: nobody knows what is on the disk now.
        assertThatThrownBy(() -> writer.append(record(4))).hasMessage(told);
        assertThatThrownBy(writer::close).hasMessage(told);
        assertThat(disk.taken).hasSize(2 * length);
        assertThat(disk.closed).isTrue();
    }

    @Test
    void recordsAreSyncedWithoutBeingAskedTo() throws IOException, InterruptedException {
        Breaking disk = new Breaking(1000, true);
        try (JournalWriter writer = new JournalWriter("worker-0.jsonl", disk)) {
            writer.append(record(1));
            assertThat(disk.synced.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aDiskThatDoesNotSyncIsTold() throws IOException, InterruptedException {
        Breaking disk = new Breaking(1000, false);
        JournalWriter writer = new JournalWriter("worker-0.jsonl", disk);
        writer.append(record(1));
        assertThat(disk.synced.await(60, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(writer::close)
                .hasMessageStartingWith("worker-0.jsonl cannot be written: Input/output error");
        assertThat(disk.closed).isTrue();
    }

    /** A file without a name takes bytes for nobody. */
    @Test
    void aRemovedFolderIsTold() throws IOException {
        JournalWriter writer = new JournalWriter(file());
        writer.append(record(1));
        Path moved = folder.resolve("moved");
        Files.move(file(), moved);
        assertThatThrownBy(() -> writer.append(record(2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be written: the file has been removed or replaced since it was opened");
        assertThatThrownBy(writer::close).isInstanceOf(IOException.class);
        Files.move(moved, file());
        assertThat(numbers()).containsExactly(1L);
    }

    @Test
    void aLockedFolderNamesItsHolder() throws IOException {
        Path results = folder.resolve("results");
        FolderLock held = FolderLock.take(results);
        assertThatThrownBy(() -> FolderLock.take(results))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(results + " is in use by process "
                        + ProcessHandle.current().pid() + " on " + Holder.thisHost() + " since 2")
                .hasMessageContaining("wait until that has ended, or give another folder with --out");
        held.close();
        FolderLock.take(results).close();
        assertThat(results.resolve(".lock")).isEmptyFile();
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> FolderLock.take(file)).hasMessage(file + " cannot be made: a file has that name");
        assertThatThrownBy(() -> FolderLock.take(file.resolve("below")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("below cannot be made: ");
    }
}
