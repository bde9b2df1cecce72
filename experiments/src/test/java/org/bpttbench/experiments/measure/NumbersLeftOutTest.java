package org.bpttbench.experiments.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.spec.Json;
import org.junit.jupiter.api.Test;

/** A figure of a measurement that left the range of numbers has no entry in the journal, and is no number when it comes back. */
class NumbersLeftOutTest {
    @SuppressWarnings("unchecked") // written as a map with text keys
    private static Arguments written(Map<String, Object> tree) {
        return new Arguments((Map<String, ?>) Json.read(Json.write(tree)));
    }

    /** Of 1e200 and −1e200 the second central moment is 2e400. */
    @Test
    void momentsThatOverflow() {
        Moments moments = new Moments();
        moments.add(1e200);
        moments.add(-1e200);
        assertThat(List.of(moments.central(2), moments.central(4))).noneMatch(Double::isFinite);
        Moments read = Moments.of(written(moments.toTree()));
        assertThat(read.count()).isEqualTo(2);
        assertThat(read.mean()).isEqualTo(moments.mean());
        assertThat(read.central(2)).isNaN();
        assertThat(read.central(4)).isNaN();
        assertThat(read.toTree()).isEqualTo(moments.toTree());
    }

    @Test
    void whatADrawTakes() {
        BiasMeasurement.Walk walk = new BiasMeasurement.Walk(
                1.5, Double.NaN, Double.POSITIVE_INFINITY, 7, 56, OptionalDouble.of(Double.POSITIVE_INFINITY));
        BiasMeasurement.Walk read = BiasMeasurement.Walk.of(written(walk.toTree()));
        assertThat(read)
                .isEqualTo(new BiasMeasurement.Walk(1.5, Double.NaN, Double.NaN, 7, 56, OptionalDouble.empty()));
    }

    @Test
    void whatDrawsCarry() {
        BiasMeasurement.Sample sample = new BiasMeasurement.Sample(
                new Moments(), new double[] {Double.NEGATIVE_INFINITY, 1}, Double.NaN, OptionalDouble.of(Double.NaN));
        BiasMeasurement.Sample read = BiasMeasurement.Sample.of(written(sample.toTree()));
        assertThat(read.effectiveDraws()).isNaN();
        assertThat(read.quantiles()).containsExactly(Double.NEGATIVE_INFINITY, 1);
    }
}
