package org.bpttbench.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.bpttbench.core.cell.GruCell;
import org.bpttbench.core.cell.LstmCell;
import org.bpttbench.core.cell.StackedCell;
import org.bpttbench.core.cell.TanhCell;
import org.bpttbench.core.head.AffineHead;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.init.Initializer;
import org.bpttbench.core.param.ParamBlock;
import org.bpttbench.core.param.ParamLayout;
import org.bpttbench.core.param.Role;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
    private static final Seeds SEEDS = Seeds.of(1).at("replicate").at(0);
    private static final ParamLayout LSTM =
            new LstmCell(2, 3, true).layout().and(new AffineHead(3, 5, true, Loss.SOFTMAX_CROSS_ENTROPY).layout());

    private static Initializer constant(double value) {
        return (matrix, fanIn, fanOut, random) -> Arrays.fill(matrix, value);
    }

    /** Tells its own law, the shape it was asked for and the entry. */
    private static Initializer telling(int law) {
        return (matrix, fanIn, fanOut, random) -> {
            for (int i = 0; i < matrix.length; i++) {
                matrix[i] = law * 10_000 + fanIn * 1000 + fanOut * 100 + i;
            }
        };
    }

    private static final Initializer DRAWN = (matrix, fanIn, fanOut, random) -> {
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = random.nextDouble();
        }
    };

    private static double[] block(ParamLayout layout, double[] theta, String name) {
        ParamBlock block = layout.block(name);
        return Arrays.copyOfRange(theta, block.offset(), block.offset() + block.size());
    }

    @Test
    void everyGateIsAMatrixOfItsOwn() {
        double[] theta = new InitialWeights(telling(1), telling(2), telling(3), 0, 1).draw(LSTM, SEEDS);
        // Rows of W: row i of the first gate's 3 × 3 matrix, then of the second's …
        assertThat(Arrays.copyOf(theta, 12))
                .containsExactly(13300, 13301, 13302, 13300, 13301, 13302, 13300, 13301, 13302, 13300, 13301, 13302);
        assertThat(Arrays.copyOfRange(theta, 24, 30)).containsExactly(13306, 13307, 13308, 13306, 13307, 13308);
        assertThat(Arrays.copyOf(block(LSTM, theta, "input"), 3)).containsExactly(22300, 22301, 22302);
        assertThat(Arrays.copyOfRange(block(LSTM, theta, "input"), 21, 24)).containsExactly(22303, 22304, 22305);
        assertThat(Arrays.copyOf(block(LSTM, theta, "readout"), 6))
                .containsExactly(33500, 33501, 33502, 33503, 33504, 33505);
    }

    @Test
    void onlyTheForgetGateHasItsOwnBias() {
        Initializer zero = constant(0);
        double[] theta = new InitialWeights(zero, zero, zero, -2, 1).draw(LSTM, SEEDS);
        assertThat(block(LSTM, theta, "bias")).containsExactly(-2, -2, -2, 1, 1, 1, -2, -2, -2, -2, -2, -2);
        assertThat(block(LSTM, theta, "readout_bias")).containsOnly(-2);
    }

    @Test
    void aGateDrawsFromTheStreamOfItsName() {
        double[] theta = new InitialWeights(DRAWN, DRAWN, DRAWN, 0, 1).draw(LSTM, SEEDS);
        double[] forget = SEEDS.at("init")
                .at("recurrent")
                .at("forget")
                .generator()
                .doubles(9)
                .toArray();
        assertThat(Arrays.copyOfRange(theta, 3, 6)).isEqualTo(Arrays.copyOf(forget, 3));
        assertThat(Arrays.copyOfRange(theta, 27, 30)).isEqualTo(Arrays.copyOfRange(forget, 6, 9));
        double[] readout = SEEDS.at("init")
                .at("readout")
                .at("readout")
                .generator()
                .doubles(15)
                .toArray();
        assertThat(block(LSTM, theta, "readout")).isEqualTo(readout);
    }

    @Test
    void aBlockDoesNotDependOnTheOthers() {
        InitialWeights weights = new InitialWeights(DRAWN, DRAWN, DRAWN, 0, 1);
        ParamLayout narrow = new TanhCell(2, 4, true).layout();
        ParamLayout wide = new TanhCell(9, 4, false).layout();
        assertThat(block(wide, weights.draw(wide, SEEDS), "recurrent"))
                .isEqualTo(block(narrow, weights.draw(narrow, SEEDS), "recurrent"));
    }

    @Test
    void everyLayerDrawsItsOwnAndTheLowestAsIfItWereAlone() {
        InitialWeights weights = new InitialWeights(DRAWN, DRAWN, DRAWN, 0, 1);
        ParamLayout alone = new GruCell(4, 4, true).layout();
        ParamLayout stacked = new StackedCell(List.of(new GruCell(4, 4, true), new GruCell(4, 4, true))).layout();
        double[] theta = weights.draw(stacked, SEEDS);
        assertThat(Arrays.copyOf(theta, alone.size())).isEqualTo(weights.draw(alone, SEEDS));
        assertThat(block(stacked, theta, "layer2.recurrent")).isNotEqualTo(block(stacked, theta, "recurrent"));
    }

    @Test
    void theParameterOfASystemIsRecurrent() {
        ParamLayout layout = ParamLayout.EMPTY.and("theta", Role.RECURRENT, 1, 1, List.of("theta"));
        assertThat(new InitialWeights(constant(0.5), constant(0), constant(0), 0, 1).draw(layout, SEEDS))
                .containsExactly(0.5);
    }
}
