package org.bpttbench.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTest {
    @Test
    void gradientBeyondTheThresholdIsScaledToIt() {
        double[] gradient = {6, 0, -8};
        assertThat(Clip.byNorm(5).apply(gradient)).isEqualTo(10);
        assertThat(gradient).containsExactly(3, 0, -4);
    }

    @Test
    void gradientAtTheThresholdPasses() {
        double[] gradient = {6, 0, -8};
        assertThat(Clip.byNorm(10).apply(gradient)).isEqualTo(10);
        assertThat(gradient).containsExactly(6, 0, -8);
    }

    @Test
    void noneOnlyMeasures() {
        double[] gradient = {3e100, 4e100};
        assertThat(Clip.NONE.apply(gradient)).isEqualTo(5e100);
        assertThat(gradient).containsExactly(3e100, 4e100);
    }

    @Test
    void entriesBeyondTheBoundAreSetToIt() {
        double[] gradient = {3, -0.5, -4};
        assertThat(Clip.byValue(2).apply(gradient)).isEqualTo(Math.sqrt(25.25));
        assertThat(gradient).containsExactly(2, -0.5, -2);
    }

    @Test
    void meansAndMaximaPassOverWhatIsNotFinite() {
        NormTally tally = new NormTally();
        for (double norm : new double[] {1, Double.NaN, 4, Double.POSITIVE_INFINITY, 1e308, 1e308}) {
            tally.add(norm);
        }
        assertThat(tally.count()).isEqualTo(4);
        assertThat(tally.mean()).isEqualTo(0.5e308);
        assertThat(tally.max()).isEqualTo(1e308);
    }

    @Test
    void gradientWhoseSquaresOverflowIsClipped() {
        double[] gradient = {0x3p600, -0x4p600};
        assertThat(Clip.byNorm(10).apply(gradient)).isEqualTo(0x5p600);
        assertThat(gradient).containsExactly(6, -8);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void gradientThatIsNotFiniteStaysToBeSeen(double bad) {
        double[] gradient = {1, bad};
        assertThat(Double.isFinite(Clip.byNorm(1).apply(gradient))).isFalse();
        assertThat(gradient).containsExactly(1, bad);
        assertThat(Double.isFinite(Clip.byValue(0.5).apply(gradient))).isFalse();
        assertThat(gradient).containsExactly(1, bad);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void thresholdMustBePositive(double threshold) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Clip.byNorm(threshold))
                .withMessageContaining(Double.toString(threshold));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Clip.byValue(threshold))
                .withMessageContaining(Double.toString(threshold));
    }
}
