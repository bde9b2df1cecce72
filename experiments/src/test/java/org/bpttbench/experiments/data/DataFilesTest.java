package org.bpttbench.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DataFilesTest {
    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DataFilesTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    /** The hashes that DATA.md states, in its order. */
    @Test
    void filesAreThoseThatAreDocumented() throws IOException {
        String document = new String(resource("DATA.md"), StandardCharsets.UTF_8);
        List<String> stated = Pattern.compile("(?:sha256: |unpacked\\s+)`([0-9a-f]{64})`")
                .matcher(document)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(stated)
                .containsExactly(
                        DataFiles.hash(resource("mitdb-208.u16.gz")),
                        Heartbeats.hash(),
                        DataFiles.hash(resource("optdigits.csv.gz")),
                        Digits.hash());
    }

    /** First, last, mean and standard deviation are those that the documentation of SciPy prints. */
    @Test
    void theElectrocardiogramIsTheOneOfScipy() {
        double[] samples = Heartbeats.millivolts();
        assertThat(samples).hasSize(108_000).startsWith(-0.245, -0.215, -0.185).endsWith(-0.405, -0.395, -0.385);
        double mean = Arrays.stream(samples).average().orElseThrow();
        double variance = Arrays.stream(samples)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(-0.16510875, within(1e-12));
        assertThat(Math.sqrt(variance)).isCloseTo(0.5992473991177294, within(1e-12));
    }

    /** The number of each digit is the one that the UCI repository states for its test set. */
    @Test
    void theDigitsAreThoseOfUci() {
        int[][] images = Digits.images();
        int[] counts = new int[10];
        for (int[] image : images) {
            assertThat(image).hasSize(65);
            assertThat(Arrays.stream(image, 0, 64)).allMatch(pixel -> pixel >= 0 && pixel <= 16);
            counts[image[64]]++;
        }
        assertThat(counts).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }

    @Test
    void aFileThatIsNotThereIsTheBuildsFault() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DataFiles.unpacked("nothing.gz"))
                .withMessageContaining("nothing.gz");
    }
}
