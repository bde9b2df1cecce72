package org.bpttbench.core.cell;

import java.util.List;
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
                    .orElse(true));

    Cell make(int inputSize);
}
