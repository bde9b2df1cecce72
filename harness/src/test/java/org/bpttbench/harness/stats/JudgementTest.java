package org.bpttbench.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The order in which a verdict is come to. */
class JudgementTest {
    private static final double MARGIN = 0.05;

    @Test
    void withinTheMarginIsEquivalentHoweverSignificant() {
        assertThat(Judgement.sampled(0.0499, 1e-300, 0.04, MARGIN).verdict()).isEqualTo(Verdict.EQUIVALENT);
        assertThat(Judgement.sampled(0.05, 1e-300, 0.04, MARGIN)).isEqualTo(Judgement.SIZE_OPEN);
    }

    @Test
    void notSignificantIsNotUnbiased() {
        assertThat(Judgement.sampled(0.06, 0.05, 0, MARGIN)).isEqualTo(Judgement.DRAWS);
        assertThat(Judgement.sampled(0.06, 0.0499, 0.001, MARGIN)).isEqualTo(Judgement.SIZE_OPEN);
    }

    @Test
    void aBiasIsLargeOnlyWhereItsLowerLimitIs() {
        assertThat(Judgement.sampled(0.06, 0.01, 0.05, MARGIN)).isEqualTo(Judgement.ABOVE_MARGIN);
        assertThat(Judgement.sampled(0.06, 0.01, 0.0499, MARGIN)).isEqualTo(Judgement.SIZE_OPEN);
    }

    @Test
    void behindTheGuardOnlyWhatNoTailExplainsIsBiased() {
        assertThat(Judgement.guarded(0, MARGIN)).isEqualTo(Judgement.TAIL);
        assertThat(Judgement.guarded(0.01, MARGIN)).isEqualTo(Judgement.SIZE_OPEN);
        assertThat(Judgement.guarded(0.06, MARGIN)).isEqualTo(Judgement.ABOVE_MARGIN);
    }

    @Test
    void aFigureWithoutChanceIsComparedWithTheMargin() {
        assertThat(Judgement.exact(0.0499, MARGIN).verdict()).isEqualTo(Verdict.EQUIVALENT);
        assertThat(Judgement.exact(0.05, MARGIN)).isEqualTo(Judgement.ABOVE_MARGIN);
    }
}
