package org.bpttbench.experiments.run;

import java.util.ArrayList;
import java.util.List;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SettingCheck;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.variants.Estimators;

/** Whether an estimator, and the one along whose training it is measured, can do on the setting's task what the file asks. */
record EstimatorFits(TaskShelf tasks) implements SettingCheck {
    @Override
    public List<Objection> check(Setting setting) {
        List<Objection> objections = new ArrayList<>();
        GradientEstimator estimator = Estimators.CATALOG.create("type", setting.estimator());
        if (setting.bias().map(BiasSpec::exact).orElse(false) && !BiasProbe.computes(estimator)) {
            objections.add(Objection.error(
                    "measure.bias.method",
                    "the moments of " + name(setting.estimator()) + " are not computed, only drawn: write sampled"));
        }
        String cautioned = setting.estimator().has("flush") ? "estimator.flush" : "estimator";
        estimator.caution().ifPresent(caution -> objections.add(Objection.warning(cautioned, caution)));
        setting.train().ifPresent(train -> {
            trains("estimator", setting.estimator(), setting, train, objections);
            setting.bias()
                    .flatMap(BiasSpec::along)
                    .filter(other -> !other.values().equals(setting.estimator().values()))
                    .ifPresent(other -> trains("measure.bias.along", other, setting, train, objections));
        });
        return objections;
    }

    private void trains(
            String path, Arguments arguments, Setting setting, TrainSpec train, List<Objection> objections) {
        GradientEstimator estimator = Estimators.CATALOG.create("type", arguments);
        Task task = tasks.get(setting);
        boolean endless = task.episode().isEmpty();
        estimator
                .refusal(train.lanes(), endless)
                .ifPresent(refusal ->
                        objections.add(Objection.error(arguments.has("cuts") ? path + ".cuts" : path, refusal)));
        if (endless && estimator.traits().needsEnd() && train.sequence().isEmpty()) {
            objections.add(Objection.error(
                    "train.sequence",
                    "missing key 'sequence' in train: " + name(arguments)
                            + " needs the end of a sequence, and the task is an endless stream; say after how many"
                            + " steps a sequence ends"));
        }
    }

    private static String name(Arguments estimator) {
        return "estimator '" + estimator.text("type") + "'";
    }
}
