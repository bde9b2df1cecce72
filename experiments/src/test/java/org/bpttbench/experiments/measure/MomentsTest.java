package org.bpttbench.experiments.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;

class MomentsTest {
    @Test
    void areThoseOfTheWholeSample() {
        double[] sample =
                Seeds.of(3).generator().doubles(1000).map(u -> u * u * u + 100).toArray();
        Moments moments = new Moments();
        DoubleStream.of(sample).forEach(moments::add);
        double mean = DoubleStream.of(sample).sum() / sample.length;
        assertThat(moments.count()).isEqualTo(1000);
        assertThat(moments.mean()).isCloseTo(mean, within(1e-12));
        for (int power = 2; power <= 4; power++) {
            int p = power;
            double central = DoubleStream.of(sample)
                    .map(x -> StrictMath.pow(x - mean, p))
                    .sum();
            assertThat(moments.central(power)).isCloseTo(central, within(1e-9));
        }
    }
}
