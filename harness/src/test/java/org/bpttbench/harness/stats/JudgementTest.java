package org.bpttbench.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The order in which a verdict is come to. */
class JudgementTest {
    private static final double MARGIN = 0.05;

    @Test
    void anUnseenTailComesBeforeAllElse() {
        assertThat(Judgement.sampled(OptionalDouble.of(0.21), 0.001, 1e-9, MARGIN))
                .isEqualTo(Judgement.TAIL);
        assertThat(Judgement.sampled(OptionalDouble.of(0.2), 0.001, 1e-9, MARGIN)
                        .verdict())
                .isEqualTo(Verdict.EQUIVALENT);
    }

    @Test
    void withinTheMarginIsEquivalentHoweverSignificant() {
        assertThat(Judgement.sampled(OptionalDouble.empty(), 0.0499, 0.0, MARGIN)
                        .verdict())
                .isEqualTo(Verdict.EQUIVALENT);
        assertThat(Judgement.sampled(OptionalDouble.empty(), 0.05, 0.0, MARGIN).verdict())
                .isEqualTo(Verdict.BIASED);
    }

    @Test
    void notSignificantIsNotUnbiased() {
        assertThat(Judgement.sampled(OptionalDouble.of(0), 0.06, 0.05, MARGIN)).isEqualTo(Judgement.DRAWS);
        assertThat(Judgement.sampled(OptionalDouble.of(0), 0.06, 0.0499, MARGIN).verdict())
                .isEqualTo(Verdict.BIASED);
    }

    @Test
    void aFigureWithoutChanceIsComparedWithTheMargin() {
        assertThat(Judgement.exact(0.0499, MARGIN).verdict()).isEqualTo(Verdict.EQUIVALENT);
        assertThat(Judgement.exact(0.05, MARGIN).verdict()).isEqualTo(Verdict.BIASED);
    }
}
