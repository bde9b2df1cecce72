package org.bpttbench.experiments.run;

import java.util.Optional;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.init.Initializers;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.measure.Recording;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.InitSpec;
import org.bpttbench.experiments.spec.ModelSpec;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.task.Models;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.experiments.train.FrozenTraining;
import org.bpttbench.experiments.train.InitialWeights;

/**
 * What a run starts from. Every seed is a path below the sweep's seed and the replicate; none contains the estimator, so
 * that all arms see the same data, weights and draws.
 *
 * @param seeds of the run
 */
record Beginning(Setting setting, Task task, Model model, Seeds seeds) {

    static Beginning of(RunSpec spec, Task task) {
        Setting setting = spec.setting();
        Model model = Models.build(task, setting.model().map(ModelSpec::arguments));
        Seeds seeds = Seeds.of(setting.seed()).at("replicate").at(spec.replicate());
        return new Beginning(setting, task, model, seeds);
    }

    /** θ before the first update, {@code [P]}: the same numbers at each call, in an array of the caller's. */
    double[] theta() {
        return weights(setting.init()).draw(model.layout(), seeds);
    }

    private static InitialWeights weights(InitSpec init) {
        return new InitialWeights(
                Initializers.CATALOG.create("type", init.recurrent()),
                Initializers.CATALOG.create("type", init.input()),
                Initializers.CATALOG.create("type", init.readout()),
                init.bias(),
                init.forget());
    }

    Network network(Kernels kernels, double[] theta) {
        Network network = new Network(model, kernels);
        network.load(theta);
        return network;
    }

    /**
     * Records the data of a measurement, which are the same at every checkpoint, at the weights that are loaded.
     *
     * @param training whose own biases are measured too, if there is any
     */
    BiasProbe probe(BiasSpec bias, Network network, Optional<FrozenTraining> training) {
        return new BiasProbe(network, measured(bias), bias.sequences(), bias.burnIn(), bias.length(), training);
    }

    /** The same data as an episode, for whoever wants to run it again and again; the sequences are lanes. */
    Recording recording(BiasSpec bias, Network network) {
        return new Recording(network, measured(bias), bias.sequences(), bias.burnIn(), bias.length());
    }

    private Source measured(BiasSpec bias) {
        return task.open(model, bias.sequences(), measuring().at("task"));
    }

    /** Of the draws of a measurement at a step. */
    Seeds cuts(long step) {
        return measuring().at("cuts").at(step);
    }

    /** Of the draws that tell how many a measurement at a step needs, and are thrown away. */
    Seeds pilot(long step) {
        return measuring().at("pilot").at(step);
    }

    private Seeds measuring() {
        return seeds.at("measure");
    }
}
