package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static final String HEAD = """
            name: labels
            seed: 1
            task: {type: adding, length: 10, variant: arjovsky}
            model: {cell: tanh, units: 4}
            train: {steps: 100, optimizer: {type: sgd, rate: 0.1}}
            measure: {accuracy: {every: 50}}
            """;

    private static List<String> labels(String axes) {
        Sweep sweep = new SweepReader(Bundled.catalogs(new TaskShelf())).read("labels.yaml", HEAD + axes);
        Labels labels = new Labels(sweep);
        return sweep.settings().stream().map(labels::of).toList();
    }

    @Test
    void whatMovesWithAnotherIsLeftOut() {
        String zip = """
                zip: {task.length: [10, 20], train.steps: [100, 200], measure.accuracy.every: [50, 100]}
                grid: {estimator: [full, {type: tbptt, length: 5}]}
                """;
        assertThat(labels(zip))
                .containsExactly(
                        "full task.length=10",
                        "full task.length=20",
                        "tbptt length=5 task.length=10",
                        "tbptt length=5 task.length=20");
    }

    @Test
    void whatVariesByItselfStays() {
        String grid = "grid: {task.length: [10, 20], train.steps: [100, 200], estimator: [full]}\n";
        assertThat(labels(grid))
                .containsExactly(
                        "full task.length=10 train.steps=100",
                        "full task.length=10 train.steps=200",
                        "full task.length=20 train.steps=100",
                        "full task.length=20 train.steps=200");
    }

    /** Either of two columns alone would leave two settings with one name. */
    @Test
    void settingsKeepNamesOfTheirOwn() {
        String cases = """
                cases: [{task.length: 10, train.steps: 100}, {task.length: 10, train.steps: 200}, {task.length: 20, train.steps: 200}]
                grid: {estimator: [full]}
                """;
        assertThat(labels(cases)).doesNotHaveDuplicates().hasSize(3);
    }
}
