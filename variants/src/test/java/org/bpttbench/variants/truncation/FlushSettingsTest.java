package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.random.Coin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a flush is needed, where it acts, and what follows from it before anything is run. */
class FlushSettingsTest {
    private static StreamPlan training(int lanes, long steps, long sequence) {
        return new StreamPlan(lanes, 1, steps, sequence, true);
    }

    @Test
    void nominalLengthIsThatOfTheWindows() {
        Cuts cuts = new Cuts(16, new ConstantLaw(16), false);
        Cuts flushed = cuts.flushedEvery(50);
        assertThat(new Artbp(flushed).nominalLength(training(2, 900, 300))).isEqualTo(50);
        assertThat(new Artbp(flushed).nominalLength(training(2, 900, 30))).isEqualTo(30);
        assertThat(new Artbp(flushed).nominalLength(training(1, 900, 300))).isEqualTo(16);
        assertThat(new Artbp(cuts).nominalLength(training(1, 900, 300))).isEqualTo(16);
        assertThat(new Artbp(flushed).nominalLength(StreamPlan.measured(2, 1, 300)))
                .isEqualTo(300);
        Cuts shared = new Cuts(16, new ConstantLaw(16), true).flushedEvery(50);
        assertThat(new Uncompensated(shared).nominalLength(training(2, 900, 300)))
                .isEqualTo(16);
    }

    @Test
    void withoutAFlushTheWaysOutAreNamed() {
        Artbp artbp = new Artbp(new Cuts(3, new ConstantLaw(3), false));
        GradientLab lab = Labs.eachCell(Masks.ALL, 2, 5).findFirst().orElseThrow();
        Coin neverAsked = probability -> {
            throw new AssertionError("refused");
        };
        assertThat(artbp.refusal(2, true).orElseThrow())
                .contains("2 lanes", "'flush: N'", "'cuts: shared'", "'lanes: 1'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lab.train(artbp, 5, neverAsked))
                .withMessage(artbp.refusal(2, true).orElseThrow());
        assertThat(artbp.refusal(1, true)).isEmpty();
        assertThat(artbp.refusal(2, false)).isEmpty();
        assertThat(new Artbp(artbp.cuts().flushedEvery(1)).refusal(2, true)).isEmpty();
    }

    @Test
    void flushOfSharedCutsIsRemarkedUpon() {
        Cuts shared = new Cuts(3, new ConstantLaw(3), true);
        assertThat(new Artbp(shared).caution()).isEmpty();
        assertThat(new Uncompensated(shared.flushedEvery(5)).caution().orElseThrow())
                .contains("no effect with 'cuts: shared'");
        assertThat(new Artbp(new Cuts(3, new ConstantLaw(3), false).flushedEvery(5)).caution())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void flushOfNoStepsIsRefused(int steps) {
        Cuts cuts = new Cuts(3, new ConstantLaw(3), false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cuts.flushedEvery(steps))
                .withMessageContaining("flush is " + steps);
    }
}
