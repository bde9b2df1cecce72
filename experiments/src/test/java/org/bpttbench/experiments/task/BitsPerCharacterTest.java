package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.bpttbench.core.cell.Cell;
import org.bpttbench.core.cell.LstmCell;
import org.bpttbench.core.cell.TanhCell;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.head.AffineHead;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.tape.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitsPerCharacterTest {
    private static final int SYMBOLS = 5;
    private static final int UNITS = 4;

    private static Model model(Cell cell) {
        return new Model(cell, new AffineHead(cell.outputSize(), SYMBOLS, true, Loss.SOFTMAX_CROSS_ENTROPY));
    }

    private static double[] random(int size) {
        return Seeds.of(3)
                .at("theta")
                .generator()
                .doubles(size)
                .map(x -> 2 * x - 1)
                .toArray();
    }

    private static int[] text(int length) {
        return Seeds.of(4).at("text").generator().ints(length, 0, SYMBOLS).toArray();
    }

    private static double bits(Model model, double[] theta, int[] text, int stretch) {
        Network network = new Network(model, PlainKernels.INSTANCE);
        network.load(theta);
        return new BitsPerCharacter(text).of(network, new double[model.cell().stateSize()], stretch);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 512, 513, 514, 8191, 8192, 8193, 8194, 8223, 10_000})
    void aNetworkThatIgnoresItsInputIsAUnigram(int length) {
        Model model = model(new TanhCell(SYMBOLS, UNITS, true));
        double[] theta = new double[model.layout().size()];
        double[] logits = {0.3, -1.2, 2.0, 0.0, 0.7};
        System.arraycopy(logits, 0, theta, theta.length - SYMBOLS, SYMBOLS);

        double total = Arrays.stream(logits).map(StrictMath::exp).sum();
        int[] text = text(length);
        double nats = Arrays.stream(text)
                .skip(1)
                .mapToDouble(c -> StrictMath.log(total) - logits[c])
                .sum();
        double expected = nats / (length - 1) / StrictMath.log(2);
        assertThat(bits(model, theta, text, BitsPerCharacter.STRETCH)).isCloseTo(expected, within(1e-12));
    }

    /** Without recurrent weights a network predicts from one character: the figure is the mean over all pairs. */
    @ParameterizedTest
    @ValueSource(ints = {2, 300, 8193, 9000})
    void aNetworkWithoutMemoryIsABigram(int length) {
        Model model = model(new TanhCell(SYMBOLS, UNITS, true));
        double[] theta = random(model.layout().size());
        Arrays.fill(theta, 0, UNITS * UNITS, 0.0);
        Network network = new Network(model, PlainKernels.INSTANCE);
        network.load(theta);
        int[] text = text(length);
        double nats = 0;
        for (int i = 1; i < length; i++) {
            nats += loss(network, text[i - 1], text[i]);
        }
        double expected = nats / (length - 1) / StrictMath.log(2);
        assertThat(bits(model, theta, text, BitsPerCharacter.STRETCH)).isCloseTo(expected, within(1e-12));
    }

    private static double loss(Network network, int before, int symbol) {
        Tape tape = new Tape(network.model().tape(1, true), 1);
        tape.restart(new double[UNITS]);
        tape.append(1);
        tape.tokens()[0] = before;
        tape.labels()[0] = symbol;
        tape.masks()[0] = true;
        network.forward(tape, 0, 1);
        network.losses(tape, 0, 1);
        return tape.losses()[0];
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 9000})
    void theStretchIsInvisible(int length) {
        for (Cell cell : new Cell[] {new TanhCell(SYMBOLS, UNITS, true), new LstmCell(SYMBOLS, UNITS, true)}) {
            Model model = model(cell);
            double[] theta = random(model.layout().size());
            double whole = bits(model, theta, text(length), length);
            for (int stretch : new int[] {1, 7, 32, 281}) {
                assertThat(bits(model, theta, text(length), stretch)).isEqualTo(whole);
            }
        }
    }

    @Test
    void anUntrainedNetworkKnowsNothing() {
        Model model = model(new LstmCell(SYMBOLS, UNITS, true));
        double expected = StrictMath.log(SYMBOLS) / StrictMath.log(2);
        assertThat(bits(model, new double[model.layout().size()], text(20_000), BitsPerCharacter.STRETCH))
                .isCloseTo(expected, within(1e-12));
    }
}
