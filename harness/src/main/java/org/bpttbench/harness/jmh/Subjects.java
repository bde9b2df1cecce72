package org.bpttbench.harness.jmh;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.cell.LstmCell;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.head.AffineHead;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.tape.Tape;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.experiments.task.Tasks;

/** What is benchmarked. */
final class Subjects {
    private static final int WIDTH = 8;

    private Subjects() {}

    static Task influenceBalancing() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("type", "influence-balancing");
        arguments.put("units", 23L);
        arguments.put("positive", 10L);
        return Tasks.CATALOG.create("type", new Arguments(arguments));
    }

    /** @param name {@code influence-balancing} or {@code lstm-UNITS} */
    static Model model(String name) {
        if (name.equals("influence-balancing")) {
            return influenceBalancing().system().orElseThrow();
        }
        int units = Integer.parseInt(name.substring("lstm-".length()));
        return new Model(new LstmCell(WIDTH, units, true), new AffineHead(units, WIDTH, true, Loss.SQUARED_ERROR));
    }

    /** Windows of mean length 20 for all but full backpropagation; cuts shared. */
    static Arguments estimator(String name) {
        return new Arguments(Map.of(
                "type",
                name,
                "length",
                20L,
                "lookback",
                0L,
                "mean",
                20.0,
                "law",
                Map.of("type", "polynomial", "alpha", 6.0),
                "cuts",
                "shared"));
    }

    static double[] theta(int parameters) {
        UniformRandomProvider random = Seeds.of(1).at("theta").generator();
        double[] theta = new double[parameters];
        Arrays.setAll(theta, i -> 0.2 * (random.nextDouble() - 0.5));
        return theta;
    }

    /** An endless stream of the same numbers, so that the source costs next to nothing. */
    static Source source(Model model, int lanes) {
        UniformRandomProvider random = Seeds.of(1).at("data").generator();
        double[] noise = new double[lanes * WIDTH];
        Arrays.setAll(noise, i -> random.nextDouble() - 0.5);
        return new Source() {
            @Override
            public boolean tokens() {
                return false;
            }

            @Override
            public double[] startState() {
                return new double[model.cell().stateSize()];
            }

            @Override
            public long begin() {
                return ENDLESS;
            }

            @Override
            public void fill(Tape tape, int from, int to) {
                for (int k = from; k < to; k++) {
                    int inputs = lanes * tape.shape().inputs();
                    int targets = lanes * tape.shape().targets();
                    System.arraycopy(noise, 0, tape.inputs(), k * inputs, inputs);
                    System.arraycopy(noise, 0, tape.targets(), k * targets, targets);
                }
                Arrays.fill(tape.masks(), from * lanes, to * lanes, true);
            }
        };
    }
}
