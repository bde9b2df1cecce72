package org.bpttbench.experiments.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.random.EveryPattern;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.train.FrozenTraining;
import org.bpttbench.experiments.train.Trainer;
import org.bpttbench.variants.truncation.Full;
import org.bpttbench.variants.truncation.Tbptt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What clipping and optimisers make of draws, against every pattern of cuts put through formulas written out here. Seeds are
 * fixed; for an arbitrary seed a mean is off by 4 standard errors with probability 6e-5 a coordinate, about 5 % over all
 * cases here.
 */
class TreatedTest {
    private static final int DRAWS = 4000;
    private static final int STEPS = 6;
    private static final int UPDATES = 3;
    private static final double RATE = 0.02;

    record Case(GradientLab lab, Map<String, Object> estimator, String optimizer, String clip) {}

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (GradientLab lab : labs()) {
            for (String type : List.of("artbp", "uncompensated")) {
                Map<String, Object> estimator = random(type);
                cases.add(new Case(lab, estimator, "sgd", "norm"));
                cases.add(new Case(lab, estimator, "sgd", "value"));
                cases.add(new Case(lab, estimator, "adam", "none"));
                cases.add(new Case(lab, estimator, "adam", "norm"));
                cases.add(new Case(lab, estimator, "rmsprop", "value"));
            }
        }
        return cases.stream();
    }

    private static List<GradientLab> labs() {
        List<String> wanted = List.of("tanh,", "gru without bias,");
        return Labs.eachCell(Masks.RANDOM, 2, STEPS)
                .filter(lab -> wanted.stream().anyMatch(lab.toString()::startsWith))
                .toList();
    }

    private static Map<String, Object> random(String type) {
        return Map.of("type", type, "mean", 3.0, "law", Map.of("type", "constant"), "cuts", "independent");
    }

    private static Map<String, Object> optimizer(String name) {
        return switch (name) {
            case "adam" -> FrozenTrainings.adam(RATE);
            case "rmsprop" -> FrozenTrainings.rmsprop(RATE);
            default -> FrozenTrainings.sgd(RATE);
        };
    }

    /** The thresholds stand in the way of some draws, not of all. */
    private static Map<String, Object> clip(GradientLab lab, String by) {
        double[] gradient = lab.gradient();
        double norm = Math.sqrt(Vectors.dot(gradient, gradient)) / STEPS;
        double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow() / STEPS;
        return switch (by) {
            case "norm" -> Map.of("type", "norm", "norm", 0.3 * norm);
            case "value" -> Map.of("type", "value", "value", 0.04 * largest);
            default -> FrozenTrainings.UNCLIPPED;
        };
    }

    /** A network trained by full backpropagation for a few updates, and the same computed by hand. */
    private static final class Trained {
        private final GradientLab lab;
        private final FrozenTraining training;
        private final UnaryOperator<double[]> clipped;
        private final ByHand byHand;

        Trained(Case subject) {
            Map<String, Object> clip = clip(subject.lab(), subject.clip());
            TrainSpec spec = FrozenTrainings.spec(
                    subject.lab(),
                    optimizer(subject.optimizer()),
                    TrainSpec.Per.WINDOW,
                    TrainSpec.Update.SEQUENCE,
                    clip);
            double[] theta = subject.lab().theta();
            Trainer trainer =
                    FrozenTrainings.trainer(subject.lab(), subject.lab().network(), theta, spec, new Full());
            clipped = gradient -> clippedByHand(gradient, clip);
            byHand = new ByHand(subject.optimizer(), theta.length);
            for (int update = 1; update <= UPDATES; update++) {
                byHand.remember(
                        clipped.apply(scaled(subject.lab().withTheta(theta).gradient())));
                trainer.advanceTo((long) update * STEPS);
            }
            lab = subject.lab().withTheta(theta);
            training = trainer.frozen(new Full());
        }
    }

    private static double[] scaled(double[] gradient) {
        return Arrays.stream(gradient).map(g -> g / STEPS).toArray();
    }

    private static double[] clippedByHand(double[] gradient, Map<String, Object> clip) {
        if (clip.get("value") instanceof Double bound) {
            return Arrays.stream(gradient)
                    .map(g -> Math.signum(g) * Math.min(Math.abs(g), bound))
                    .toArray();
        }
        double norm = Math.sqrt(Vectors.dot(gradient, gradient));
        double factor = clip.get("norm") instanceof Double bound ? Math.min(1.0, bound / norm) : 1.0;
        return Arrays.stream(gradient).map(g -> g * factor).toArray();
    }

    /** Steps as in Kingma and Ba, algorithm 1, and Tieleman and Hinton, lecture 6.5. */
    private static final class ByHand {
        private final boolean adam;
        private final double[] m;
        private final double[] v;
        private int updates;

        ByHand(String name, int parameters) {
            adam = name.equals("adam");
            m = new double[parameters];
            v = new double[parameters];
        }

        void remember(double[] g) {
            updates++;
            for (int i = 0; i < g.length; i++) {
                m[i] = 0.9 * m[i] + 0.1 * g[i];
                v[i] = adam ? 0.95 * v[i] + 0.05 * g[i] * g[i] : 0.8 * v[i] + 0.2 * g[i] * g[i];
            }
        }

        double[] step(double[] g) {
            double[] u = new double[g.length];
            for (int i = 0; i < g.length; i++) {
                if (adam) {
                    double mean = (0.9 * m[i] + 0.1 * g[i]) / (1 - Math.pow(0.9, updates + 1));
                    double square = (0.95 * v[i] + 0.05 * g[i] * g[i]) / (1 - Math.pow(0.95, updates + 1));
                    u[i] = RATE * mean / (Math.sqrt(square) + 1e-3);
                } else {
                    u[i] = RATE * g[i] / (Math.sqrt(0.8 * v[i] + 0.2 * g[i] * g[i]) + 1e-3);
                }
            }
            return u;
        }
    }

    /** Mean and variance of a function of a draw, every pattern of cuts with its probability. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
    private record Law(double[] mean, double[] variance, double changed) {
        static Law of(GradientLab lab, GradientEstimator estimator, UnaryOperator<double[]> function) {
            double[] mean = new double[lab.theta().length];
            double[] variance = new double[mean.length];
            double changed = 0;
            EveryPattern coin = new EveryPattern();
            GradientStream stream = lab.open(estimator, coin);
            do {
                double[] draw = new double[mean.length];
                stream.advance(lab.steps(), (gradient, window) -> Vectors.add(1.0, gradient, draw));
                double[] value = function.apply(scaled(draw));
                Vectors.add(coin.probability(), value, mean);
                for (int p = 0; p < mean.length; p++) {
                    variance[p] += coin.probability() * value[p] * value[p];
                }
                changed += Arrays.equals(value, scaled(draw)) ? 0 : coin.probability();
            } while (coin.next());
            for (int p = 0; p < mean.length; p++) {
                variance[p] = Math.max(0.0, variance[p] - mean[p] * mean[p]);
            }
            return new Law(mean, variance, changed);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithEnumeration(Case subject) {
        Trained trained = new Trained(subject);
        GradientEstimator estimator = FrozenTrainings.estimator(subject.estimator());
        BiasMeasurement measured = probe(trained.lab, Optional.of(trained.training))
                .measure(estimator, UPDATES * STEPS, DRAWS, Seeds.of(11));
        int kinds = 0;
        if (!subject.clip().equals("none")) {
            OtherBias clipping = FrozenTrainings.find(measured, OtherBias.Kind.CLIPPING);
            Law law = compare(clipping, trained.lab, estimator, trained.clipped);
            double share = law.changed();
            double standardError = Math.sqrt(share * (1 - share) / DRAWS);
            assertThat(clipping.changed().orElseThrow()).isCloseTo(share, within(4 * standardError));
            kinds++;
        }
        if (!subject.optimizer().equals("sgd")) {
            OtherBias optimizer = FrozenTrainings.find(measured, OtherBias.Kind.OPTIMIZER);
            compare(
                    optimizer,
                    trained.lab,
                    estimator,
                    gradient -> trained.byHand.step(trained.clipped.apply(gradient)));
            assertThat(optimizer.changed()).isEmpty();
            kinds++;
        }
        assertThat(measured.others()).hasSize(kinds);
        String line = Json.write(measured.toTree());
        @SuppressWarnings("unchecked") // written from such a map
        Arguments tree = new Arguments((Map<String, ?>) Json.read(line));
        assertThat(Json.write(BiasMeasurement.of(tree).toTree())).isEqualTo(line);
    }

    private static Law compare(
            OtherBias other, GradientLab lab, GradientEstimator estimator, UnaryOperator<double[]> function) {
        Law law = Law.of(lab, estimator, function);
        double[] reference = function.apply(scaled(lab.gradient()));
        double[] error = FrozenTrainings.meanError(other);
        double scale = Math.sqrt(Vectors.dot(reference, reference));
        double bias = 0;
        double noise = 0;
        for (int p = 0; p < error.length; p++) {
            double exact = law.mean()[p] - reference[p];
            double standardError = Math.sqrt(law.variance()[p] / DRAWS);
            assertThat(error[p]).as("parameter %d", p).isCloseTo(exact, within(4 * standardError + 1e-10 * scale));
            bias += exact * exact;
            noise += law.variance()[p] / DRAWS;
        }
        assertThat(other.draws()).isEqualTo(DRAWS);
        assertThat(other.errors().gradientSquared()).isCloseTo(scale * scale, within(1e-10 * scale * scale));
        // There is a bias to be seen, also where the truncation itself has none.
        assertThat(Math.sqrt(bias))
                .as("changed %s, norm %s", law.changed(), scale)
                .isGreaterThan(Math.sqrt(noise));
        return law;
    }

    @Test
    void aThresholdThatNothingReachesAddsNothing() {
        for (GradientLab lab : labs()) {
            Map<String, Object> clip = Map.of("type", "norm", "norm", 1e300);
            TrainSpec spec = FrozenTrainings.spec(
                    lab, FrozenTrainings.sgd(RATE), TrainSpec.Per.STEP, TrainSpec.Update.SEQUENCE, clip);
            FrozenTraining training = FrozenTrainings.trainer(lab, lab.network(), lab.theta(), spec, new Full())
                    .frozen(new Full());
            GradientEstimator estimator = FrozenTrainings.estimator(random("uncompensated"));
            BiasMeasurement measured = probe(lab, Optional.of(training)).measure(estimator, 0, 400, Seeds.of(11));
            OtherBias clipping = FrozenTrainings.find(measured, OtherBias.Kind.CLIPPING);
            assertThat(clipping.changed()).hasValue(0.0);
            int offset = 0;
            for (BlockMoments block : measured.blocks()) {
                for (int m = 0; m < block.batches() && block.means().length > 0; m++) {
                    int at = m * clipping.errors().parameters() + offset;
                    assertThat(Arrays.copyOfRange(clipping.errors().means(), at, at + block.parameters()))
                            .isEqualTo(Arrays.copyOfRange(
                                    block.means(), m * block.parameters(), (m + 1) * block.parameters()));
                }
                offset += block.parameters();
            }
            double squares = measured.blocks().stream()
                    .mapToDouble(block -> Arrays.stream(block.squares()).sum())
                    .sum();
            assertThat(Arrays.stream(clipping.errors().squares()).sum()).isCloseTo(squares, within(1e-12 * squares));
            // What training clips is the whole gradient, the readout's among it; the truncation's own projection leaves
            // that out.
            double inner = measured.blocks().stream()
                    .mapToDouble(block -> Arrays.stream(block.inner()).sum() / block.batches())
                    .sum();
            double norm = measured.blocks().stream()
                    .mapToDouble(BlockMoments::gradientSquared)
                    .sum();
            assertThat(clipping.projections().orElseThrow().mean()).isCloseTo(1 + inner / norm, within(1e-12));
        }
    }

    @Test
    void anEstimatorWithoutChanceGivesOneValue() {
        Case subject = new Case(labs().get(0), Map.of("type", "full"), "adam", "value");
        Trained trained = new Trained(subject);
        Tbptt tbptt = new Tbptt(2, 0);
        BiasMeasurement measured =
                probe(trained.lab, Optional.of(trained.training)).measure(tbptt, 0, DRAWS, Seeds.of(11));
        double[] estimate = scaled(trained.lab.estimate(tbptt, probability -> false));
        double[] gradient = scaled(trained.lab.gradient());
        difference(measured, OtherBias.Kind.CLIPPING, trained.clipped, estimate, gradient);
        UnaryOperator<double[]> step = g -> trained.byHand.step(trained.clipped.apply(g));
        difference(measured, OtherBias.Kind.OPTIMIZER, step, estimate, gradient);
    }

    private static void difference(
            BiasMeasurement measured,
            OtherBias.Kind kind,
            UnaryOperator<double[]> function,
            double[] estimate,
            double[] gradient) {
        OtherBias other = FrozenTrainings.find(measured, kind);
        double[] expected = function.apply(estimate);
        Vectors.add(-1.0, function.apply(gradient), expected);
        assertThat(other.projections()).isEmpty();
        double square = Vectors.dot(expected, expected);
        assertThat(square).isGreaterThan(0);
        assertThat(other.errors().squares()).hasSize(1);
        assertThat(other.errors().squares()[0]).isCloseTo(square, within(1e-9 * square));
    }

    @Test
    void descentWithoutClippingAddsNothing() {
        GradientLab lab = labs().get(0);
        TrainSpec spec = FrozenTrainings.spec(
                lab,
                FrozenTrainings.sgd(RATE),
                TrainSpec.Per.STEP,
                TrainSpec.Update.SEQUENCE,
                FrozenTrainings.UNCLIPPED);
        FrozenTraining training = FrozenTrainings.trainer(lab, lab.network(), lab.theta(), spec, new Full())
                .frozen(new Full());
        GradientEstimator estimator = FrozenTrainings.estimator(random("artbp"));
        BiasMeasurement with = probe(lab, Optional.of(training)).measure(estimator, 0, 40, Seeds.of(11));
        BiasMeasurement without = probe(lab, Optional.empty()).measure(estimator, 0, 40, Seeds.of(11));
        assertThat(with.others()).isEmpty();
        assertThat(Json.write(with.toTree())).isEqualTo(Json.write(without.toTree()));
    }

    /** Whose mean is computed has no draws to clip. */
    @Test
    void computedMomentsTellNothingOfClipping() {
        Trained trained = new Trained(new Case(labs().get(0), Map.of("type", "full"), "adam", "norm"));
        GradientEstimator artbp = FrozenTrainings.estimator(random("artbp"));
        assertThat(probe(trained.lab, Optional.of(trained.training))
                        .compute(artbp, 0)
                        .others())
                .isEmpty();
    }

    static Stream<GradientLab> everyLab() {
        return Labs.eachCell(Masks.RANDOM, 3, STEPS);
    }

    @ParameterizedTest
    @MethodSource("everyLab")
    void dataVaryAsTheLanesDo(GradientLab lab) {
        int cell = lab.network().headOffset();
        double[] mean = Arrays.copyOf(lab.gradient(), cell);
        double squares = 0;
        for (int lane = 0; lane < lab.lanes(); lane++) {
            double[] own = Arrays.copyOf(lab.lane(lane).gradient(), cell);
            Vectors.add(-1.0, mean, own);
            squares += Vectors.dot(own, own);
        }
        double expected = squares / (lab.lanes() - 1) / lab.lanes() / Vectors.dot(mean, mean);
        BiasMeasurement measured = probe(lab, Optional.empty()).compute(new Full(), 0);
        assertThat(expected).isGreaterThan(0);
        assertThat(measured.dataVariance().orElseThrow()).isCloseTo(expected, within(1e-12 * (1 + expected)));
        assertThat(probe(lab.lane(0), Optional.empty()).compute(new Full(), 0).dataVariance())
                .isEmpty();
    }

    private static BiasProbe probe(GradientLab lab, Optional<FrozenTraining> training) {
        return new BiasProbe(lab.network(), lab.endless(), lab.lanes(), 0, lab.steps(), training);
    }
}
