package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.data.SplitText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharLmTest {
    @TempDir
    private Path folder = Path.of("");

    private static Task task(Object... namesAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return CharLm.ENTRY.create(new Arguments(values));
    }

    private static Model model(Task task) {
        return Models.build(
                task, Optional.of(new Arguments(Map.of("cell", "tanh", "units", 3L, "bias", true, "layers", 1L))));
    }

    private static Map<String, Double> bpc(Task task, Split split) {
        return Objects.requireNonNull(task.baselines(split).get("bpc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"commons-math3", "wordnet"})
    void baselinesAreThoseComputedElsewhere(String name) throws IOException {
        Properties expected = new Properties();
        try (InputStream in = CharLmTest.class.getResourceAsStream("baselines.properties")) {
            expected.load(in);
        }
        Task task = task("text", name);
        double nothing = StrictMath.log(task.outputs()) / StrictMath.log(2);
        for (Split split : new Split[] {Split.VALID, Split.TEST}) {
            String prefix = name + "." + split.key() + ".";
            Map<String, Double> bits = bpc(task, split);
            double unigram = Double.parseDouble(expected.getProperty(prefix + "unigram"));
            double bigram = Double.parseDouble(expected.getProperty(prefix + "bigram"));
            assertThat(bits.get("unigram")).isCloseTo(unigram, within(1e-9)).isLessThan(nothing);
            assertThat(bits.get("bigram")).isCloseTo(bigram, within(1e-9)).isLessThan(unigram);
        }
    }

    @Test
    void aNetworkOfZerosGuesses() {
        Task task = task("text", "wordnet", "characters", 20_000L);
        Model model = model(task);
        double[] theta = new double[model.layout().size()];
        Network network = new Network(model, PlainKernels.INSTANCE);
        network.load(theta);
        double expected = StrictMath.log(task.outputs()) / StrictMath.log(2);
        for (Split split : Split.values()) {
            assertThat(task.evaluate(network, theta, split).get("bpc")).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void threeFilesAreThreeParts() throws IOException {
        Path train = Files.writeString(folder.resolve("train"), "aabab");
        Path valid = Files.writeString(folder.resolve("valid"), "ab");
        Path test = Files.writeString(folder.resolve("test"), "ba?");
        Task task = task("train", train.toString(), "valid", valid.toString(), "test", test.toString());
        assertThat(task.inputs()).isEqualTo(3);
        assertThat(task.dataHash()).isEqualTo(SplitText.of("aabab", "ab", "ba?").hash());
        // p(b) = 3/8, p(b|a) = 0.55; p(a) = 1/2, p(unknown) = 1/8
        Map<String, Double> bits = bpc(task, Split.VALID);
        assertThat(bits.get("unigram")).isCloseTo(-StrictMath.log(0.375) / StrictMath.log(2), within(1e-15));
        assertThat(bits.get("bigram")).isCloseTo(-StrictMath.log(0.55) / StrictMath.log(2), within(1e-15));
        assertThat(bpc(task, Split.TEST).get("unigram")).isCloseTo(2.0, within(1e-15));
    }

    @Test
    void theTextIsReadOnceAndLate() {
        AtomicInteger readings = new AtomicInteger();
        CharLm task = new CharLm(() -> {
            readings.incrementAndGet();
            return SplitText.of("abc".repeat(100));
        });
        assertThat(task.splits()).isTrue();
        assertThat(readings).hasValue(0);
        IntStream.range(0, 64).parallel().forEach(i -> assertThat(task.inputs()).isEqualTo(4));
        assertThat(readings).hasValue(1);
    }

    @Test
    void aMissingFileIsFoundWhenItIsRead() {
        Task task = task("text", "file:" + folder.resolve("nowhere"));
        assertThatIllegalArgumentException()
                .isThrownBy(task::dataHash)
                .withMessageContaining(folder.resolve("nowhere").toString());
    }

    @Test
    void argumentsThatDoNotGoTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> task("text", "shakespeare"))
                .withMessageContaining("'shakespeare'")
                .withMessageContaining("commons-math3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> task("text", "wordnet", "test", "b"))
                .withMessageContaining("not text, test");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> task("train", "a", "test", "b"))
                .withMessageContaining("not train, test");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> task("characters", 5L))
                .withMessageContaining("either text or all of");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> task("train", "a", "valid", "b", "test", "c", "characters", 5L))
                .withMessageContaining("characters goes with text");
        Task tooMany = task("text", "wordnet", "characters", 100_000_000L);
        assertThatIllegalArgumentException().isThrownBy(tooMany::outputs).withMessageContaining("has only 8991484");
    }
}
