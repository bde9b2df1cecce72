package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that somebody has changed, or that are no files of ours at all. */
class CheckpointFilesTest {
    private static final String RUN = "0123456789abcdef";

    @TempDir
    Path results;

    private final List<String> said = new ArrayList<>();

    private static byte[] whole() {
        return new Checkpoint(RUN, Fingerprint.current(), 12, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}).toBytes();
    }

    private Path file() throws IOException {
        return Files.createDirectories(results.resolve("checkpoints")).resolve(RUN + ".ckpt");
    }

    private void assertIgnored(String why) throws IOException {
        said.clear();
        assertThat(new CheckpointFolder(results).read(RUN, said::add)).isEmpty();
        assertThat(said).singleElement().asString().contains(file() + " is ignored and the run starts afresh: " + why);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Files.write(file(), whole());
        assertThat(new CheckpointFolder(results).read(RUN, said::add)).isPresent();
        assertThat(said).isEmpty();
    }

    @Test
    void noFlippedBitAndNoCutPasses() {
        byte[] whole = whole();
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.of(damaged));
        }
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.of(cut));
        }
    }

    /** Slices that are moved, doubled or zeroed. */
    @Test
    void noSpliceOfItselfPasses() {
        byte[] whole = whole();
        for (int seed = 0; seed < 5000; seed++) {
            UniformRandomProvider random = Seeds.of(seed).at("checkpoints").generator();
            byte[] damaged = Arrays.copyOf(whole, whole.length + random.nextInt(3) * random.nextInt(40));
            int length = random.nextInt(whole.length);
            int from = random.nextInt(whole.length - length);
            int to = random.nextInt(whole.length - length);
            if (random.nextBoolean()) {
                System.arraycopy(whole, from, damaged, to, length);
            } else {
                Arrays.fill(damaged, from, from + length, (byte) 0);
            }
            if (!Arrays.equals(damaged, whole)) {
                assertThatIllegalArgumentException().as("seed " + seed).isThrownBy(() -> Checkpoint.of(damaged));
            }
        }
    }

    private static byte[] hashed(String header) throws NoSuchAlgorithmException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((header + "\nstate").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        return bytes.toByteArray();
    }

    /** The hash is right. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "[]",
                "{}",
                "{\"type\":\"checkpoint\",\"version\":2,\"run\":\"x\",\"fingerprint\":\"x\",\"step\":1}",
                "{\"type\":\"checkpoint\",\"version\":1,\"run\":1,\"fingerprint\":\"x\",\"step\":1}",
                "{\"type\":\"checkpoint\",\"version\":1,\"run\":\"x\",\"fingerprint\":\"x\",\"step\":\"many\"}",
                "{\"type\":\"checkpoint\",\"version\":1,\"run\":\"../../x\",\"fingerprint\":\"x\",\"step\":1}",
                "{\"type\":\"checkpoint\",\"version\":1,\"run\":\"0123456789abcdef\",\"fingerprint\":\"other\",\"step\":1}"
            })
    void aHeaderThatIsNoneIsIgnored(String header) throws IOException, NoSuchAlgorithmException {
        Files.write(file(), hashed(header));
        assertIgnored("");
    }

    @Test
    void aHugeFileIsNotRead() throws IOException {
        try (var out = Files.newByteChannel(
                file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            out.position(3L << 30);
            out.write(ByteBuffer.wrap(new byte[] {1}));
        }
        assertIgnored("it has 3221225473 bytes, no checkpoint has so many");
    }

    /** Replaced, and what they lead to stays. */
    @Test
    void linksAreNotWrittenThrough() throws IOException {
        Path target = Files.writeString(results.resolve("target"), "mine");
        Files.createSymbolicLink(file(), target);
        Files.createSymbolicLink(file().resolveSibling(RUN + ".ckpt.new"), target);
        new CheckpointFolder(results).write(Checkpoint.of(whole()));
        assertThat(target).hasContent("mine");
        assertThat(file()).hasBinaryContent(whole());
        assertThat(Files.isSymbolicLink(file())).isFalse();
    }

    @Test
    void aFolderThatIsALinkIsNeitherTidiedNorWritten() throws IOException {
        Path elsewhere = Files.createDirectories(results.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve(RUN + ".ckpt.new"), "mine");
        Files.createSymbolicLink(results.resolve("checkpoints"), elsewhere);
        CheckpointFolder folder = new CheckpointFolder(results);
        assertThatThrownBy(() -> folder.tidy(run -> true, run -> true)).hasMessageContaining("checkpoints is a link");
        assertThatThrownBy(() -> folder.write(Checkpoint.of(whole()))).hasMessageContaining("checkpoints is a link");
        assertThat(elsewhere.resolve(RUN + ".ckpt.new")).hasContent("mine");
    }
}
