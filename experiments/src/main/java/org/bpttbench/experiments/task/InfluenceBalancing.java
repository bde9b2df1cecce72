package org.bpttbench.experiments.task;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 * One parameter whose influence on the loss is positive at short range and, once it has come along a chain of n units,
 * negative and larger at long range:
 *
 * <pre>s_t = A·s_{t−1} + θ·(+1 × p, −1 × (n−p))        A_ii = A_{i,i+1} = ½        s_0 = (1, …, 1)        ℓ_t = ½(s_t[1] − 1)²</pre>
 *
 * <p>At rest s[1] = 2(2p−n)·θ, so the optimum is θ* = 1/(2(2p−n)): −1/6 for the 23 units of the paper, 10 of them positive.
 *
 * <p><b>Reference.</b> Tallec &amp; Ollivier 2017, "Unbiasing truncated backpropagation through time", section 6.1.
 *
 * @param units n, at least 1
 * @param positive p, 1 to n, but not n/2, where θ does not reach s[1] at rest
 */
public record InfluenceBalancing(int units, int positive) implements DrivenTask {
    /** {@code type: influence-balancing}. */
    public static final Entry<Task> ENTRY = new Entry<>(
            "influence-balancing",
            "a linear chain whose parameter acts one way at short range and the other way at long range",
            "Tallec & Ollivier 2017, section 6.1",
            List.of(
                    Parameter.integer("units", "length n of the chain")
                            .atLeast(1)
                            .atMost(1 << 12)
                            .orElse(23L),
                    Parameter.integer(
                                    "positive",
                                    "how many units, the first, are driven by +θ; at most units, not half of them")
                            .atLeast(1)
                            .atMost(1 << 12)
                            .orElse(10L)),
            a -> new InfluenceBalancing(a.integer("units"), a.integer("positive")));

    private static final double TARGET = 1.0;

    public InfluenceBalancing {
        if (positive < 1 || positive > units) {
            throw new IllegalArgumentException("positive is " + positive + ", must be 1 to units, which is " + units);
        }
        if (2 * positive == units) {
            throw new IllegalArgumentException("positive is " + positive + ", half of units, which is " + units
                    + ": the drives cancel and no parameter is best");
        }
    }

    /** θ*: where the state at rest has the target in its first entry. */
    public double optimum() {
        return TARGET / (2.0 * (2 * positive - units));
    }

    @Override
    public Optional<Model> system() {
        double[][] chain = new double[units][units];
        double[] drive = new double[units];
        for (int i = 0; i < units; i++) {
            chain[i][i] = 0.5;
            if (i + 1 < units) {
                chain[i][i + 1] = 0.5;
            }
            drive[i] = i < positive ? 1.0 : -1.0;
        }
        return Optional.of(new Model(new LinearSystem(chain, drive), new CoordinateHead(units, 0, loss())));
    }

    @Override
    public Loss loss() {
        return Loss.SQUARED_ERROR;
    }

    @Override
    public double[] startState(Model model) {
        double[] ones = new double[model.cell().stateSize()];
        Arrays.fill(ones, 1.0);
        return ones;
    }

    @Override
    public DrivenSource source(Model model) {
        return new DrivenSource(startState(model), TARGET);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.place("theta", "the parameter; a position, neither end is better"),
                new Metric("theta_error", "", true, "distance |θ − θ*| from the optimum θ* = " + written(optimum())),
                new Metric("loss", "", true, DrivenSource.ABOUT_LOSS));
    }

    private static String written(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    @Override
    public Map<String, Double> evaluate(Network network, double[] theta, Split split) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("theta", theta[0]);
        values.put("theta_error", Math.abs(theta[0] - optimum()));
        values.put("loss", source(network.model()).meanLoss(network));
        return values;
    }
}
