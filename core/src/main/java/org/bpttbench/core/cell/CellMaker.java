package org.bpttbench.core.cell;

import java.util.List;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Parameter;

/** A cell as a sweep file describes it: complete but for the width of the input, which the task decides. */
@FunctionalInterface
public interface CellMaker {
    /** What every cell of the catalogue takes. */
    List<Parameter> PARAMETERS = List.of(
            Parameter.integer("units", "width n of the recurrent layer")
                    .atLeast(1)
                    .atMost(1 << 14),
            Parameter.flag("bias", "whether the cell and the readout have additive terms")
                    .orElse(true),
            Parameter.integer("layers", "how many layers of these units are stacked")
                    .atLeast(1)
                    .atMost(1 << 6)
                    .orElse(1L)
                    .bornLater());

    Cell make(int inputSize);

    /** One layer, from its width and its kind alone. */
    @FunctionalInterface
    interface OfLayer {
        LayerCell make(int inputSize, int units, boolean biased);
    }

    /**
     * A maker of a cell that has the parameters of every cell and no others, stacked as often as they say.
     *
     * @param arguments resolved {@link #PARAMETERS}
     */
    static CellMaker of(Arguments arguments, OfLayer layer) {
        int units = arguments.integer("units");
        boolean biased = arguments.flag("bias");
        int layers = arguments.integer("layers");
        return inputs -> StackedCell.of(layers, inputs, width -> layer.make(width, units, biased));
    }
}
