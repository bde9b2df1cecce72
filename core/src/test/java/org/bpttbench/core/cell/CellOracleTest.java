package org.bpttbench.core.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpttbench.core.gradient.Vectors.relativeDifference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.BackwardPass;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.head.AffineHead;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.tape.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loss and gradient of every cell against another program's, {@code cells.py}. */
class CellOracleTest {
    private static final int INPUTS = 2;
    private static final int UNITS = 3;
    private static final int OUTPUTS = 2;
    private static final int STEPS = 6;

    static Stream<String> lines() {
        try (InputStream stream = CellOracleTest.class.getResourceAsStream("cells.txt")) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void lossAndGradientAreThoseOfAnotherProgram(String line) {
        String[] words = line.split(" ");
        double[] expected =
                Arrays.stream(words).skip(3).mapToDouble(Double::parseDouble).toArray();
        Cell cell = Labs.cell(words[0], INPUTS, UNITS, true, Integer.parseInt(words[1]));
        Model model = new Model(cell, new AffineHead(UNITS, OUTPUTS, false, Loss.SQUARED_ERROR));
        Network network = new Network(model, PlainKernels.INSTANCE);
        double[] theta = new double[expected.length];
        Arrays.setAll(theta, i -> ((37 * i + 11) % 101 - 50) / 80.0);
        network.load(theta);
        Tape tape = run(network);

        assertThat(GradientLab.loss(tape)).isCloseTo(Double.parseDouble(words[2]), within(1e-14));
        Window window = new Window(1, 1);
        window.reset(STEPS, 0);
        double[] gradient = new double[theta.length];
        new BackwardPass(network, 1, 1).run(tape, 0, window, new double[cell.stateSize()], gradient);
        assertThat(relativeDifference(gradient, expected)).isLessThan(1e-13);
    }

    private static Tape run(Network network) {
        Tape tape = new Tape(network.model().tape(1, false), STEPS);
        tape.restart(new double[network.model().cell().stateSize()]);
        tape.append(STEPS);
        for (int i = 0; i < STEPS * INPUTS; i++) {
            tape.inputs()[i] = number(i);
        }
        for (int i = 0; i < STEPS * OUTPUTS; i++) {
            tape.targets()[i] = number(1000 + i);
        }
        Arrays.fill(tape.masks(), 0, STEPS, true);
        network.forward(tape, 0, STEPS);
        network.losses(tape, 0, STEPS);
        return tape;
    }

    private static double number(int i) {
        return ((29 * i + 7) % 53 - 26) / 26.0;
    }

    @Test
    void everyCellOfTheCatalogueIsThere() {
        assertThat(lines().map(line -> line.split(" ")[0]).distinct()).containsExactlyElementsOf(Cells.CATALOG.names());
    }
}
