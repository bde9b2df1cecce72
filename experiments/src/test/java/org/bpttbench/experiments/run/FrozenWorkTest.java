package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.variants.Estimators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is benchmarked is what a run does. */
class FrozenWorkTest {
    private static final String TRAIN =
            "train: {steps: 300, lanes: 2, sequence: 50, optimizer: {type: sgd, rate: 0.1}}";
    private static final String MEASURE =
            "measure: {bias: {at: [0], length: 30, burn_in: 7, sequences: 3, draws: 200}}";

    private final TaskShelf tasks = new TaskShelf();

    private Setting setting(String estimator, String section) {
        return new SweepReader(Bundled.catalogs(tasks))
                .read("tiny.yaml", """
                        name: tiny
                        seed: 1
                        task: {type: copy-stream, shortest: 1, longest: 4}
                        model: {cell: tanh, units: 5}
                        estimator: %s
                        %s
                        """.formatted(estimator, section))
                .settings()
                .get(0);
    }

    private FrozenWork work(Setting setting) {
        return FrozenWork.of(setting, tasks.get(setting)).orElseThrow();
    }

    /** At a rate that is lost in rounding weights stay where the benchmark has them. */
    @ParameterizedTest
    @ValueSource(strings = {"full", "{type: tbptt, length: 7}", "{type: artbp, mean: 6, cuts: shared}"})
    void itIsTheWorkOfTraining(String estimator) {
        Setting setting = setting(estimator, TRAIN.replace("rate: 0.1", "rate: 1.0e-300"));
        Task task = tasks.get(setting);
        TrainSpec train = setting.train().orElseThrow();
        Trajectory training = Trajectory.trained(
                Beginning.of(new RunSpec(setting, 0), task),
                Estimators.CATALOG.create("type", setting.estimator()),
                train,
                train.steps(),
                PlainKernels.INSTANCE);
        training.advanceTo(300);
        GradientStream stream = work(setting).open(PlainKernels.INSTANCE);
        List<Double> norms = new ArrayList<>();
        stream.advance(300, (gradient, window) -> norms.add(norm(gradient)));
        RunRecord.Training trained = training.training();
        assertThat(stream.tally().backwardLaneSteps()).isEqualTo(trained.backwardSteps());
        assertThat(stream.tally().largestWeight()).isEqualTo(trained.maxWeight());
        assertThat(norms).hasSize(Math.toIntExact(trained.updates()));
        assertThat(norms.stream().mapToDouble(each -> each).max().orElseThrow())
                .isEqualTo(trained.norms().orElseThrow().max());
    }

    private static double norm(double[] gradient) {
        double squares = 0;
        for (double each : gradient) {
            squares += each * each;
        }
        return Math.sqrt(squares);
    }

    @Test
    void aSettingThatDoesNotTrainRepeatsItsMeasuredSequence() {
        FrozenWork work = work(setting("full", MEASURE));
        assertThat(work.lanes()).isEqualTo(3);
        List<double[]> gradients = new ArrayList<>();
        work.open(PlainKernels.INSTANCE).advance(90, (gradient, window) -> gradients.add(gradient.clone()));
        assertThat(gradients).hasSize(3);
        assertThat(gradients.get(1)).isEqualTo(gradients.get(0));
        assertThat(gradients.get(2)).isEqualTo(gradients.get(0));
        assertThat(norm(gradients.get(0))).isPositive();
    }

    @Test
    void whatHasNoGradientsHasNoWork() {
        Setting setting = setting("full", "");
        assertThat(FrozenWork.of(setting, tasks.get(setting))).isEqualTo(Optional.empty());
    }

    /** Small sequences are always whole, long ones where the estimator takes them whole; else whole windows. */
    @ParameterizedTest
    @CsvSource({"full, 50, 50", "full, 1000000, 1000000", "tbptt, 50, 50", "tbptt, 1000000, 7"})
    void batchesAreOfWholeSequencesOrWindows(String estimator, long sequence, long unit) {
        String arguments = estimator.equals("full") ? "full" : "{type: tbptt, length: 7}";
        long batch = work(setting(arguments, TRAIN.replace("sequence: 50", "sequence: " + sequence)))
                .batch();
        assertThat(batch % unit).isZero();
        assertThat(batch).isBetween(Math.max(unit, 1000), 2_000_000L);
    }
}
