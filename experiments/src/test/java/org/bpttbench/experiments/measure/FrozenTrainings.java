package org.bpttbench.experiments.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.train.Trainer;
import org.bpttbench.variants.Estimators;

/** Trainers on labs, and what else tests of the biases of training need. */
final class FrozenTrainings {
    static final Map<String, Object> UNCLIPPED = Map.of("type", "none");

    private FrozenTrainings() {}

    static Map<String, Object> sgd(double rate) {
        return Map.of("type", "sgd", "rate", rate, "decay", none(), "momentum", 0.0, "nesterov", false);
    }

    static Map<String, Object> adam(double rate) {
        Map<String, Object> tree = new HashMap<>(Map.of("type", "adam", "rate", rate, "decay", none()));
        tree.putAll(Map.of("beta1", 0.9, "beta2", 0.95, "epsilon", 1e-3, "weight_decay", 0.1));
        return tree;
    }

    static Map<String, Object> rmsprop(double rate) {
        return Map.of("type", "rmsprop", "rate", rate, "decay", none(), "beta", 0.8, "epsilon", 1e-3);
    }

    private static Map<String, Object> none() {
        return Map.of("type", "none");
    }

    static TrainSpec spec(
            GradientLab lab,
            Map<String, Object> optimizer,
            TrainSpec.Per per,
            TrainSpec.Update update,
            Map<String, Object> clip) {
        OptionalLong sequence = OptionalLong.of(lab.steps());
        return new TrainSpec(
                lab.steps(), lab.lanes(), sequence, new Arguments(optimizer), per, update, new Arguments(clip));
    }

    /** On the lab's sequence, over and over, the lab's weights loaded. */
    static Trainer trainer(
            GradientLab lab, Network network, double[] theta, TrainSpec spec, GradientEstimator estimator) {
        Coin coin = Coin.of(Seeds.of(5).generator());
        return new Trainer(
                network, theta, spec, estimator, lab.episodes(), coin, false, lab.steps(), 100L * lab.steps());
    }

    /** A trainer at its start, as on an endless stream. */
    static Trainer streaming(GradientLab lab, TrainSpec spec, GradientEstimator estimator) {
        Coin coin = Coin.of(Seeds.of(5).generator());
        Network network = lab.network();
        return new Trainer(network, lab.theta(), spec, estimator, lab.endless(), coin, true, lab.steps(), lab.steps());
    }

    static GradientEstimator estimator(Map<String, Object> tree) {
        return Estimators.CATALOG.create("type", new Arguments(tree));
    }

    static OtherBias find(BiasMeasurement measured, OtherBias.Kind kind) {
        List<OtherBias> found =
                measured.others().stream().filter(each -> each.kind() == kind).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + kind);
        }
        return found.get(0);
    }

    /** The mean error of all draws, parameter by parameter; the batch means must have been kept. */
    static double[] meanError(OtherBias other) {
        BlockMoments errors = other.errors();
        double[] mean = new double[errors.parameters()];
        for (int m = 0; m < errors.batches() && errors.means().length > 0; m++) {
            for (int p = 0; p < mean.length; p++) {
                mean[p] += errors.means()[m * mean.length + p] / errors.batches();
            }
        }
        return mean;
    }
}
