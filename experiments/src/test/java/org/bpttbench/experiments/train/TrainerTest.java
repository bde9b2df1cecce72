package org.bpttbench.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.variants.truncation.Full;
import org.bpttbench.variants.truncation.Tbptt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {
    private static final int STEPS = 12;
    private static final double RATE = 0.01;

    static Stream<GradientLab> labs() {
        return Labs.eachCell(Masks.ALL, 2, STEPS);
    }

    private static TrainSpec spec(TrainSpec.Per per, TrainSpec.Update update, Map<String, Object> clip) {
        Map<String, Object> sgd = new LinkedHashMap<>();
        sgd.put("type", "sgd");
        sgd.put("rate", RATE);
        sgd.put("decay", Map.of("type", "none"));
        sgd.put("momentum", 0.0);
        sgd.put("nesterov", false);
        return new TrainSpec(STEPS, 2, OptionalLong.of(STEPS), new Arguments(sgd), per, update, new Arguments(clip));
    }

    private static Trainer trainer(GradientLab lab, double[] theta, TrainSpec spec, int length) {
        Network network = lab.network();
        Coin coin = Coin.of(Seeds.of(1).generator());
        var estimator = length == STEPS ? new Full() : new Tbptt(length, 0);
        return new Trainer(network, theta, spec, estimator, lab.endless(), coin, true, STEPS, STEPS);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void aStepOfDescentIsTheExactGradient(GradientLab lab) {
        double[] theta = lab.theta();
        Trainer trainer = trainer(lab, theta, spec(TrainSpec.Per.STEP, TrainSpec.Update.WINDOW, none()), STEPS);
        trainer.advanceTo(STEPS);
        double[] gradient = lab.gradient();
        for (int i = 0; i < theta.length; i++) {
            assertThat(theta[i]).isCloseTo(lab.theta()[i] - RATE * gradient[i], within(1e-14));
        }
        assertThat(trainer.updates()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void updatesOnceASequenceByTheSumOfItsWindows(GradientLab lab) {
        double[] theta = lab.theta();
        Trainer trainer = trainer(lab, theta, spec(TrainSpec.Per.STEP, TrainSpec.Update.SEQUENCE, none()), 5);
        trainer.advanceTo(7);
        assertThat(theta).isEqualTo(lab.theta());
        trainer.advanceTo(STEPS);
        double[] gradient = lab.estimate(new Tbptt(5, 0), Coin.of(Seeds.of(1).generator()));
        for (int i = 0; i < theta.length; i++) {
            assertThat(theta[i]).isCloseTo(lab.theta()[i] - RATE * gradient[i], within(1e-14));
        }
        assertThat(trainer.updates()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void perWindowDividesByTheNominalLength(GradientLab lab) {
        double[] theta = lab.theta();
        trainer(lab, theta, spec(TrainSpec.Per.WINDOW, TrainSpec.Update.SEQUENCE, none()), 5)
                .advanceTo(STEPS);
        double[] gradient = lab.estimate(new Tbptt(5, 0), Coin.of(Seeds.of(1).generator()));
        for (int i = 0; i < theta.length; i++) {
            // The last window has two steps: it too is divided by five.
            assertThat(theta[i]).isCloseTo(lab.theta()[i] - RATE * gradient[i] / 5, within(1e-14));
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void trainingDoesNotDependOnWhereItPauses(GradientLab lab) {
        TrainSpec spec = spec(TrainSpec.Per.STEP, TrainSpec.Update.WINDOW, Map.of("type", "norm", "norm", 0.1));
        double[] once = lab.theta();
        trainer(lab, once, spec, 5).advanceTo(STEPS);
        double[] paused = lab.theta();
        Trainer trainer = trainer(lab, paused, spec, 5);
        for (int step = 1; step <= STEPS; step++) {
            trainer.advanceTo(step);
        }
        assertThat(paused).isEqualTo(once).isNotEqualTo(lab.theta());
        assertThat(trainer.updates()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void normsAreThoseOfTheGradientsBeforeAndAfterClipping(GradientLab lab) {
        double[] gradient = lab.gradient();
        double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
        Trainer byNorm = trainer(lab, lab.theta(), clipped("norm", norm / 4), STEPS);
        byNorm.advanceTo(STEPS);
        assertThat(byNorm.norms().max()).isCloseTo(norm, within(1e-12 * norm));
        assertThat(byNorm.norms().mean()).isEqualTo(byNorm.norms().max());
        assertThat(byNorm.clippedNorms().max()).isCloseTo(norm / 4, within(1e-12 * norm));

        double bound = Arrays.stream(gradient).map(Math::abs).max().orElseThrow() / 2;
        double expected = Math.sqrt(
                Arrays.stream(gradient).map(g -> Math.min(g * g, bound * bound)).sum());
        double[] theta = lab.theta();
        Trainer byValue = trainer(lab, theta, clipped("value", bound), STEPS);
        byValue.advanceTo(STEPS);
        assertThat(byValue.clippedNorms().mean()).isCloseTo(expected, within(1e-12 * norm));
        for (int i = 0; i < theta.length; i++) {
            double step = Math.max(-bound, Math.min(bound, gradient[i]));
            assertThat(theta[i]).isCloseTo(lab.theta()[i] - RATE * step, within(1e-14));
        }
    }

    private static TrainSpec clipped(String by, double threshold) {
        return spec(TrainSpec.Per.STEP, TrainSpec.Update.WINDOW, Map.of("type", by, by, threshold));
    }

    private static Map<String, Object> none() {
        return Map.of("type", "none");
    }
}
