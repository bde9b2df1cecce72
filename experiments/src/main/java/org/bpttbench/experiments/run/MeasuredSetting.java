package org.bpttbench.experiments.run;

import java.util.Optional;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.variants.Estimators;

/**
 * What a setting's first replicate measures before its first update: its own data, network and estimator, for whoever wants
 * to measure it again and again.
 */
public final class MeasuredSetting {
    private final Beginning beginning;
    private final BiasSpec bias;

    private MeasuredSetting(Beginning beginning, BiasSpec bias) {
        this.beginning = beginning;
        this.bias = bias;
    }

    /** @throws IllegalArgumentException for a setting that measures no bias */
    public static MeasuredSetting of(Setting setting, Task task) {
        BiasSpec bias = setting.bias().orElseThrow(() -> new IllegalArgumentException("the setting measures no bias"));
        return new MeasuredSetting(Beginning.of(new RunSpec(setting, 0), task), bias);
    }

    /** A new one; it belongs to one thread. */
    public BiasProbe probe(Kernels kernels) {
        return beginning.probe(bias, beginning.network(kernels, beginning.theta()), Optional.empty());
    }

    public GradientEstimator estimator() {
        return Estimators.CATALOG.create("type", beginning.setting().estimator());
    }
}
