package org.bpttbench.core.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.param.ParamBlock;
import org.junit.jupiter.api.Test;

class StackedCellTest {
    @Test
    void oneLayerIsTheCellItself() {
        assertThat(Labs.cell("tanh", 4, 3, true, 1)).isEqualTo(new TanhCell(4, 3, true));
    }

    @Test
    void lowestLayerKeepsItsNamesAndThoseAboveAreNumbered() {
        Cell cell = Labs.cell("lstm", 4, 3, true, 3);
        assertThat(cell.layout().blocks())
                .extracting(ParamBlock::name)
                .containsExactly(
                        "recurrent",
                        "input",
                        "bias",
                        "layer2.recurrent",
                        "layer2.input",
                        "layer2.bias",
                        "layer3.recurrent",
                        "layer3.input",
                        "layer3.bias");
        assertThat(cell.layout().block("layer2.bias").gates()).contains("forget");
        assertThat(cell.layout().block("layer2.input").rows()).isEqualTo(3);
    }

    @Test
    void theStateOfTheHighestLayerComesFirst() {
        StackedCell cell = new StackedCell(List.of(new LstmCell(4, 3, true), new TanhCell(3, 5, true)));
        assertThat(cell.stateSize()).isEqualTo(5 + 6);
        assertThat(cell.outputSize()).isEqualTo(5);
        assertThat(cell.place(1)).isEqualTo(new LayerPlace(0, 11, 0, 15, 0, 17, 5));
        assertThat(cell.place(0)).isEqualTo(new LayerPlace(5, 11, 0, 15, 5, 17, LayerPlace.INPUT));
    }

    @Test
    void layersMustFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StackedCell(List.of(new LstmCell(4, 3, true), new TanhCell(6, 5, true))))
                .withMessage("layer 2 reads 6 values, the layer below gives 3");
        assertThatIllegalArgumentException().isThrownBy(() -> new StackedCell(List.of()));
    }
}
