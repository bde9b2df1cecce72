package org.bpttbench.experiments.run;

import java.util.ArrayList;
import java.util.List;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SettingCheck;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.variants.Estimators;

/** Whether an estimator can train on the setting's task and be measured as the file asks. */
record EstimatorFits(TaskShelf tasks) implements SettingCheck {
    @Override
    public List<Objection> check(Setting setting) {
        List<Objection> objections = new ArrayList<>();
        GradientEstimator estimator = Estimators.CATALOG.create("type", setting.estimator());
        String name = "estimator '" + setting.estimator().text("type") + "'";
        if (setting.bias().map(BiasSpec::exact).orElse(false) && !BiasProbe.computes(estimator)) {
            objections.add(Objection.error(
                    "measure.bias.method", "the moments of " + name + " are not computed, only drawn: write sampled"));
        }
        String cautioned = setting.estimator().has("flush") ? "estimator.flush" : "estimator";
        estimator.caution().ifPresent(caution -> objections.add(Objection.warning(cautioned, caution)));
        if (setting.train().isPresent()) {
            TrainSpec train = setting.train().get();
            Task task = tasks.get(setting);
            boolean endless = task.episode().isEmpty();
            String path = setting.estimator().has("cuts") ? "estimator.cuts" : "estimator";
            estimator
                    .refusal(train.lanes(), endless)
                    .ifPresent(refusal -> objections.add(Objection.error(path, refusal)));
            if (endless && estimator.traits().needsEnd() && train.sequence().isEmpty()) {
                objections.add(Objection.error(
                        "train.sequence",
                        "is missing: " + name
                                + " needs the end of a sequence, and the task is an endless stream; say after how many"
                                + " steps a sequence ends"));
            }
        }
        return objections;
    }
}
