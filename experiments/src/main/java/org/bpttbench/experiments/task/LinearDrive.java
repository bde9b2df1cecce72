package org.bpttbench.experiments.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.cell.LinearSystem;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.head.CoordinateHead;
import org.bpttbench.core.head.Loss;

/**
 * The smallest system with a memory: s_t = a·s_{t−1} + θ, s_0 = 0, ℓ_t = s_t. Its gradient does not depend on θ, and the
 * bias and variance of truncations on it have closed forms. There is nothing to learn: the loss has no minimum.
 *
 * @param a how much of the state is kept from one step to the next
 */
public record LinearDrive(double a) implements DrivenTask {
    /** {@code type: linear-drive}. */
    public static final Entry<Task> ENTRY = new Entry<>(
            "linear-drive",
            "a scalar that decays and is driven by the parameter; its gradients have closed forms",
            "the scalar linear case of Pascanu, Mikolov & Bengio 2013",
            List.of(Parameter.real("a", "how much of the state is kept from one step to the next")),
            arguments -> new LinearDrive(arguments.real("a")));

    @Override
    public Optional<Model> system() {
        LinearSystem cell = new LinearSystem(new double[][] {{a}}, new double[] {1.0});
        return Optional.of(new Model(cell, new CoordinateHead(1, 0, loss())));
    }

    @Override
    public Loss loss() {
        return Loss.LINEAR;
    }

    @Override
    public DrivenSource source(Model model) {
        return new DrivenSource(startState(model), 0.0);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.place("theta", "the parameter"), new Metric("loss", "", true, DrivenSource.ABOUT_LOSS));
    }

    @Override
    public Map<String, Double> evaluate(Network network, double[] theta, Split split) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("theta", theta[0]);
        values.put("loss", source(network.model()).meanLoss(network));
        return values;
    }
}
