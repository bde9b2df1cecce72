package org.bpttbench.experiments.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpttbench.core.cell.LinearSystem;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.head.CoordinateHead;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.train.FrozenTraining;
import org.bpttbench.experiments.train.Trainer;
import org.bpttbench.variants.truncation.Full;
import org.bpttbench.variants.truncation.Tbptt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** θ that moves inside the measured sequence, against a scalar system s_t = a·s_{t−1} + θ followed by hand. */
class StalenessTest {
    private static final int STEPS = 8;
    private static final double ETA = 0.2;

    private static GradientLab scalar(double a, Loss loss) {
        Model model =
                new Model(new LinearSystem(new double[][] {{a}}, new double[] {1.0}), new CoordinateHead(1, 0, loss));
        return GradientLab.of("scalar", model, false, Masks.ALL, 1, STEPS);
    }

    private static FrozenTraining descent(GradientLab lab, double rate, GradientEstimator estimator) {
        return descent(lab, rate, estimator, TrainSpec.Per.STEP, TrainSpec.Update.WINDOW);
    }

    private static FrozenTraining descent(
            GradientLab lab, double rate, GradientEstimator estimator, TrainSpec.Per per, TrainSpec.Update update) {
        TrainSpec spec = FrozenTrainings.spec(lab, FrozenTrainings.sgd(rate), per, update, FrozenTrainings.UNCLIPPED);
        return FrozenTrainings.streaming(lab, spec, estimator).frozen(estimator);
    }

    private static BiasMeasurement measure(GradientLab lab, GradientEstimator estimator, FrozenTraining training) {
        return measure(lab, estimator, training, 1000);
    }

    private static BiasMeasurement measure(
            GradientLab lab, GradientEstimator estimator, FrozenTraining training, int draws) {
        BiasProbe probe =
                new BiasProbe(lab.network(), lab.endless(), lab.lanes(), 0, lab.steps(), Optional.of(training));
        return probe.measure(estimator, 0, draws, Seeds.of(11));
    }

    private static double[] targets(GradientLab lab) {
        Tape tape = lab.run(lab.network());
        return Arrays.copyOf(tape.targets(), STEPS);
    }

    private static double startOf(GradientLab lab) {
        return lab.endless().startState()[0];
    }

    private static double estimate(BiasMeasurement measured, OtherBias.Kind kind, GradientLab lab) {
        return lab.gradient()[0] + FrozenTrainings.meanError(FrozenTrainings.find(measured, kind))[0];
    }

    /**
     * Without memory no truncation has a bias: what is left is staleness alone. θ_t = θ_{t−1} − η(θ_{t−1} − y_t), so
     * θ_T = (1−η)^T θ₀ + η Σ (1−η)^{T−t} y_t.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withoutMemoryThereIsAClosedForm(boolean perWindow) {
        GradientLab lab = scalar(0, Loss.SQUARED_ERROR);
        Tbptt steps = new Tbptt(1, 0);
        TrainSpec.Per per = perWindow ? TrainSpec.Per.WINDOW : TrainSpec.Per.STEP;
        BiasMeasurement measured = measure(lab, steps, descent(lab, ETA, steps, per, TrainSpec.Update.WINDOW));
        double theta = lab.theta()[0];
        double last = Math.pow(1 - ETA, STEPS) * theta;
        for (int t = 1; t <= STEPS; t++) {
            last += ETA * Math.pow(1 - ETA, STEPS - t) * targets(lab)[t - 1];
        }
        assertThat(estimate(measured, OtherBias.Kind.STALENESS, lab)).isCloseTo((theta - last) / ETA, within(1e-12));
        assertThat(estimate(measured, OtherBias.Kind.FROZEN, lab)).isCloseTo(lab.gradient()[0], within(1e-12));
        assertThat(Math.abs((theta - last) / ETA - lab.gradient()[0])).isGreaterThan(0.01);
        assertThat(FrozenTrainings.find(measured, OtherBias.Kind.STALENESS).projections())
                .isEmpty();
    }

    /** Windows of one and of three steps, the rate divided by the nominal length where training divides by it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void statesStayAsEarlierWeightsMadeThem(int length) {
        GradientLab lab = scalar(0.8, Loss.SQUARED_ERROR);
        Tbptt tbptt = new Tbptt(length, 0);
        BiasMeasurement measured =
                measure(lab, tbptt, descent(lab, ETA, tbptt, TrainSpec.Per.WINDOW, TrainSpec.Update.WINDOW));
        List<Integer> ends = new ArrayList<>();
        for (int end = length; end < STEPS; end += length) {
            ends.add(end);
        }
        double expected = byHand(lab, ETA / length, ends, 1.0);
        assertThat(estimate(measured, OtherBias.Kind.STALENESS, lab)).isCloseTo(expected, within(1e-12));
        assertThat(estimate(measured, OtherBias.Kind.FROZEN, lab)).isCloseTo(byHand(lab, 0, ends, 1.0), within(1e-12));
        assertThat(Math.abs(expected - byHand(lab, 0, ends, 1.0))).isGreaterThan(0.01);
    }

    /** The sum of emissions of windows that end where told, the adjoint multiplied on each link inside them. */
    private static double byHand(GradientLab lab, double eta, List<Integer> ends, double carry) {
        double[] targets = targets(lab);
        double theta = lab.theta()[0];
        double state = startOf(lab);
        double sum = 0;
        int from = 0;
        List<Integer> all = new ArrayList<>(ends);
        all.add(STEPS);
        for (int end : all) {
            double[] errors = new double[end - from];
            for (int t = from; t < end; t++) {
                state = 0.8 * state + theta;
                errors[t - from] = state - targets[t];
            }
            double adjoint = 0;
            double emission = 0;
            for (int t = end - 1; t >= from; t--) {
                adjoint = errors[t - from] + 0.8 * carry * adjoint;
                emission += adjoint;
            }
            sum += emission;
            theta -= eta * emission;
            from = end;
        }
        return sum;
    }

    /** A mean over every pattern of cuts. An arbitrary seed fails with probability 6e-5 a figure. */
    @Test
    void drawsScatterAboutTheMeanOverAllCuts() {
        GradientLab lab = scalar(0.8, Loss.SQUARED_ERROR);
        GradientEstimator artbp = FrozenTrainings.estimator(
                Map.of("type", "artbp", "mean", 3.0, "law", Map.of("type", "constant"), "cuts", "independent"));
        double eta = 0.1;
        BiasMeasurement measured = measure(lab, artbp, descent(lab, eta, artbp));
        OtherBias stale = FrozenTrainings.find(measured, OtherBias.Kind.STALENESS);
        assertThat(stale.draws()).isEqualTo(200);
        double mean = 0;
        double square = 0;
        for (int pattern = 0; pattern < 1 << (STEPS - 1); pattern++) {
            List<Integer> ends = new ArrayList<>();
            double probability = 1;
            for (int link = 1; link < STEPS; link++) {
                boolean cut = (pattern >> (link - 1) & 1) == 1;
                probability *= cut ? 1.0 / 3 : 2.0 / 3;
                if (cut) {
                    ends.add(link);
                }
            }
            double value = byHand(lab, eta, ends, 1.5);
            mean += probability * value;
            square += probability * value * value;
        }
        double standardError = Math.sqrt((square - mean * mean) / 200);
        double drawn = estimate(measured, OtherBias.Kind.STALENESS, lab);
        assertThat(drawn).isCloseTo(mean, within(4 * standardError));
        // A frozen network, which is unbiased, would be found out.
        assertThat(Math.abs(mean - lab.gradient()[0])).isGreaterThan(8 * standardError);
        assertThat(estimate(measured, OtherBias.Kind.FROZEN, lab)).isCloseTo(lab.gradient()[0], within(1.0));
    }

    /** The linear loss of {@code linear-drive} has a gradient that no θ enters. */
    @Test
    void linearDriveKnowsNoStaleness() {
        GradientLab lab = scalar(0.9, Loss.LINEAR);
        Tbptt tbptt = new Tbptt(3, 0);
        BiasMeasurement measured = measure(lab, tbptt, descent(lab, ETA, tbptt));
        double expected = 0;
        for (int t = 0; t < STEPS; t++) {
            int left = Math.min(3 - t % 3, STEPS - t);
            expected += (1 - Math.pow(0.9, left)) / (1 - 0.9);
        }
        assertThat(estimate(measured, OtherBias.Kind.STALENESS, lab)).isCloseTo(expected, within(1e-12));
        assertThat(estimate(measured, OtherBias.Kind.FROZEN, lab)).isCloseTo(expected, within(1e-12));
    }

    record Case(GradientLab lab, GradientEstimator estimator) {}

    static Stream<Case> cases() {
        Map<String, Object> artbp =
                Map.of("type", "artbp", "mean", 3.0, "law", Map.of("type", "constant"), "cuts", "independent");
        Map<String, Object> flushed = new HashMap<>(artbp);
        flushed.put("flush", 2L);
        List<Case> cases = new ArrayList<>();
        Labs.eachCell(Masks.ALL, 1, STEPS).forEach(lab -> cases.add(new Case(lab, FrozenTrainings.estimator(artbp))));
        Labs.eachCell(Masks.ALL, 2, STEPS).forEach(lab -> cases.add(new Case(lab, FrozenTrainings.estimator(flushed))));
        return cases.stream();
    }

    /** Common random numbers: draw by draw, staleness vanishes with the rate, in proportion to it. */
    @ParameterizedTest
    @MethodSource("cases")
    void vanishesWithTheRate(Case subject) {
        double[] whole = staleness(subject, 1e-4);
        double[] half = staleness(subject, 5e-5);
        double[] none = staleness(subject, 1e-14);
        double scale = Vectors.dot(whole, whole);
        assertThat(scale).isGreaterThan(0);
        assertThat(Vectors.dot(none, none)).isLessThan(1e-14 * scale);
        assertThat(Vectors.dot(half, half) / scale).isCloseTo(0.25, within(0.005));
    }

    /** Batch means with θ moving less the same with θ at rest. */
    private static double[] staleness(Case subject, double eta) {
        BiasMeasurement measured =
                measure(subject.lab(), subject.estimator(), descent(subject.lab(), eta, subject.estimator()));
        double[] difference = FrozenTrainings.find(measured, OtherBias.Kind.STALENESS)
                .errors()
                .means()
                .clone();
        double[] frozen =
                FrozenTrainings.find(measured, OtherBias.Kind.FROZEN).errors().means();
        Vectors.add(-1.0, frozen, difference);
        return difference;
    }

    @Test
    void isNotThereWhereThetaRestsInsideASequence() {
        GradientLab lab = scalar(0.8, Loss.SQUARED_ERROR);
        Tbptt tbptt = new Tbptt(3, 0);
        FrozenTraining atTheEnd = descent(lab, ETA, tbptt, TrainSpec.Per.STEP, TrainSpec.Update.SEQUENCE);
        assertThat(measure(lab, tbptt, atTheEnd).others()).isEmpty();
        assertThat(measure(lab, new Full(), descent(lab, ETA, new Full())).others())
                .isEmpty();
        // On more lanes than could train so, all is handed on at the end of the sequence.
        GradientLab lanes = Labs.eachCell(Masks.ALL, 2, STEPS).findFirst().orElseThrow();
        GradientEstimator artbp = FrozenTrainings.estimator(
                Map.of("type", "artbp", "mean", 3.0, "law", Map.of("type", "constant"), "cuts", "independent"));
        assertThat(measure(lanes, artbp, descent(lanes, ETA, tbptt)).others()).isEmpty();
    }

    @Test
    void aRateThatThrowsThetaOutOfRangeGivesNoFigure() {
        GradientLab lab = scalar(0.8, Loss.SQUARED_ERROR);
        Tbptt tbptt = new Tbptt(1, 0);
        assertThat(measure(lab, tbptt, descent(lab, 1e80, tbptt)).others()).isEmpty();
    }

    static Stream<GradientLab> labs() {
        return Labs.eachCell(Masks.RANDOM, 2, STEPS);
    }

    @ParameterizedTest
    @MethodSource("labs")
    void trainingGoesOnAsIfNothingHadBeenMeasured(GradientLab lab) {
        TrainSpec spec = FrozenTrainings.spec(
                lab,
                FrozenTrainings.adam(0.05),
                TrainSpec.Per.WINDOW,
                TrainSpec.Update.WINDOW,
                Map.of("type", "norm", "norm", 0.1));
        Tbptt tbptt = new Tbptt(3, 1);
        double[] undisturbed = lab.theta();
        FrozenTrainings.trainer(lab, lab.network(), undisturbed, spec, tbptt).advanceTo(3 * STEPS);

        double[] measured = lab.theta();
        Network network = lab.network();
        Trainer trainer = FrozenTrainings.trainer(lab, network, measured, spec, tbptt);
        for (int pause : new int[] {0, STEPS, STEPS + 5, 2 * STEPS - 1}) {
            trainer.advanceTo(pause);
            double[] before = measured.clone();
            BiasProbe probe = new BiasProbe(network, lab.endless(), 2, 0, STEPS, Optional.of(trainer.frozen(tbptt)));
            BiasMeasurement first = probe.measure(tbptt, pause, 10, Seeds.of(1));
            assertThat(first.others()).extracting(OtherBias::kind).containsExactlyInAnyOrder(OtherBias.Kind.values());
            assertThat(probe.measure(tbptt, pause, 10, Seeds.of(1)).toTree()).isEqualTo(first.toTree());
            assertThat(measured).isEqualTo(before);
        }
        trainer.advanceTo(3 * STEPS);
        assertThat(measured).isEqualTo(undisturbed).isNotEqualTo(lab.theta());
    }
}
