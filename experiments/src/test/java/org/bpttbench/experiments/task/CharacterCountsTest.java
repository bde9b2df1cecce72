package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On "aabab", with a = 0, b = 1 and 2 the unknown symbol: N = 5, V = 3; pairs aa, ab, ba, ab. */
class CharacterCountsTest {
    private final CharacterCounts counts = new CharacterCounts(new int[] {0, 0, 1, 0, 1}, 3);

    @Test
    void unigramAddsOne() {
        assertThat(counts.unigram(0)).isEqualTo(4.0 / 8.0);
        assertThat(counts.unigram(1)).isEqualTo(3.0 / 8.0);
        assertThat(counts.unigram(2)).isEqualTo(1.0 / 8.0);
    }

    @Test
    void bigramFallsBackOnTheUnigram() {
        assertThat(counts.bigram(0, 0)).isCloseTo((1 + 2 * 0.5) / 5, within(1e-15));
        assertThat(counts.bigram(0, 1)).isCloseTo((2 + 2 * 0.375) / 5, within(1e-15));
        assertThat(counts.bigram(0, 2)).isCloseTo(2 * 0.125 / 5, within(1e-15));
        assertThat(counts.bigram(1, 0)).isCloseTo((1 + 0.5) / 2, within(1e-15));
        assertThat(counts.bigram(2, 0)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void probabilitiesAddUpToOne(int before) {
        double sum = IntStream.range(0, 3)
                .mapToDouble(symbol -> counts.bigram(before, symbol))
                .sum();
        assertThat(sum).isCloseTo(1.0, within(1e-15));
    }

    @Test
    void bitsLeaveOutTheFirstCharacter() {
        int[] text = {1, 0, 2};
        assertThat(counts.unigramBits(text)).isCloseTo(2.0, within(1e-15)); // ½ and ⅛
        assertThat(counts.bigramBits(text))
                .isCloseTo(-StrictMath.log(0.75 * 0.05) / StrictMath.log(2) / 2, within(1e-15));
    }
}
