package org.bpttbench.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTextTest {
    /** A character beyond 16 bits: one character, two Java chars. */
    private static final String WIDE = "\uD83D\uDE00";

    @ParameterizedTest
    @CsvSource({"40, 36, 2, 2", "41, 36, 2, 3", "59, 53, 3, 3", "100, 90, 5, 5", "119, 107, 6, 6"})
    void partsAreContiguousAndRoundedDown(int length, int train, int valid, int test) {
        SplitText split = SplitText.of(WIDE.repeat(length));
        assertThat(split.train()).hasSize(train);
        assertThat(split.valid()).hasSize(valid);
        assertThat(split.test()).hasSize(test);

        String text = "t".repeat(train) + "v".repeat(valid) + "e".repeat(test);
        SplitText parts = SplitText.of("t".repeat(train), "v".repeat(valid), "e".repeat(test));
        assertThat(SplitText.of(text).hash()).isEqualTo(parts.hash());
    }

    @Test
    void symbolsAreTheSortedCharactersOfTheTrainingPart() {
        SplitText split = SplitText.of("bé a" + WIDE, "ab", "xa" + WIDE);
        assertThat(split.vocabulary().size()).isEqualTo(6);
        assertThat(split.train()).containsExactly(2, 3, 0, 1, 4);
        assertThat(split.valid()).containsExactly(1, 2);
        // x is in no training text: it is the symbol after the last.
        assertThat(split.test()).containsExactly(5, 1, 4);
        assertThat(split.vocabulary().unknown()).isEqualTo(5);
    }

    @Test
    void charactersOfLaterPartsDoNotEnterTheVocabulary() {
        SplitText split = SplitText.of("ab".repeat(45) + "cdefg" + "hijkl");
        assertThat(split.vocabulary().size()).isEqualTo(3);
        assertThat(split.valid()).containsOnly(2);
        assertThat(split.test()).containsOnly(2);
    }

    @Test
    void theBeginningOfATextIsSplitLikeATextOfItsOwn() {
        String text = ("abc" + WIDE).repeat(30);
        SplitText beginning = SplitText.of(text, 80);
        assertThat(beginning.hash())
                .isEqualTo(SplitText.of(("abc" + WIDE).repeat(20)).hash());
        assertThat(beginning.train()).hasSize(72);
        assertThat(SplitText.of(text, 120).hash()).isEqualTo(SplitText.of(text).hash());
    }

    @Test
    void theHashTellsTextsAndSplitsApart() {
        String hash = SplitText.of("abab", "ba", "ab").hash();
        // printf '4\nabab2\nba2\nab' | sha256sum
        assertThat(hash).isEqualTo("304e7ba8aff707727302fa58dc1e4eb018fefd82e14493fbd7955e92cf4879b0");
        assertThat(SplitText.of("ababb", "a2", "ab").hash()).isNotEqualTo(hash);
    }

    @Test
    void tooFewCharactersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SplitText.of("ab".repeat(10)))
                .withMessageContaining("validation")
                .withMessageContaining("1 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SplitText.of("ab".repeat(50), 101))
                .withMessageContaining("101")
                .withMessageContaining("100");
    }
}
