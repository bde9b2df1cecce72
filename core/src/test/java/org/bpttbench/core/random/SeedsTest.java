package org.bpttbench.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.rng.RandomProviderState;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {
    static List<String> goldenStreams() throws IOException {
        try (InputStream in = SeedsTest.class.getResourceAsStream("streams.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("goldenStreams")
    void streamIsTheOneComputedIndependently(String line) {
        String[] words = line.split(" ", -1);
        UniformRandomProvider random = named(words[0]).generator();
        for (int i = 1; i < words.length; i++) {
            assertThat(random.nextLong()).as(line).isEqualTo(Long.parseUnsignedLong(words[i], 16));
        }
    }

    private static Seeds named(String path) {
        String[] names = path.split("/", -1);
        Seeds seeds = Seeds.of(Long.parseLong(names[0]));
        for (int i = 1; i < names.length; i++) {
            seeds = seeds.at(names[i]);
        }
        assertThat(seeds).hasToString(path);
        return seeds;
    }

    @Test
    void streamDependsOnItsPathAlone() {
        Seeds root = Seeds.of(7);
        UniformRandomProvider first = root.at("a").generator();
        long[] alone = first.longs(5).toArray();

        UniformRandomProvider other = root.at("b").generator();
        UniformRandomProvider again = root.at("a").generator();
        long[] interleaved = Stream.generate(() -> {
                    other.nextLong();
                    return again.nextLong();
                })
                .limit(5)
                .mapToLong(Long::longValue)
                .toArray();
        assertThat(interleaved).isEqualTo(alone);
    }

    @Test
    void stateCanBeSavedInMidStream() {
        RestorableUniformRandomProvider random = Seeds.of(1).at("task").generator();
        random.nextInt(); // leaves half of a long in the generator's cache, which belongs to the state
        RandomProviderState state = random.saveState();
        int half = random.nextInt();
        long next = random.nextLong();

        RestorableUniformRandomProvider resumed = Seeds.of(2).generator();
        resumed.restoreState(state);
        assertThat(resumed.nextInt()).isEqualTo(half);
        assertThat(resumed.nextLong()).isEqualTo(next);
    }

    @Test
    void numbersAndTextName() {
        assertThat(Seeds.of(1).at("replicate").at(3)).hasToString("1/replicate/3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "/", ""})
    void namesThatCouldCollideAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Seeds.of(1).at("cuts").at(name))
                .withMessageContaining("1/cuts")
                .withMessageContaining("'" + name + "'");
    }
}
