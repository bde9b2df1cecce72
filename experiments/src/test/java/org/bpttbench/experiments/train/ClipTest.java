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
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void thresholdMustBePositive(double threshold) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Clip.byNorm(threshold))
                .withMessageContaining(Double.toString(threshold));
    }
}
