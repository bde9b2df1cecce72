package org.bpttbench.experiments.task;

import java.util.Optional;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.cell.Cell;
import org.bpttbench.core.cell.Cells;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.head.AffineHead;

/** Puts together what is trained: the task's own system, or a cell of the catalogue with an affine readout. */
public final class Models {
    private Models() {}

    /**
     * @param model the resolved {@code model} of a sweep file, the cell's name under {@code cell}; empty for a task with
     *     a system of its own
     * @throws IllegalArgumentException if the model is missing, or given where the task brings one
     */
    public static Model build(Task task, Optional<Arguments> model) {
        Optional<Model> system = task.system();
        if (system.isPresent()) {
            if (model.isPresent()) {
                throw new IllegalArgumentException("the task brings its own system: leave model out");
            }
            return system.get();
        }
        Arguments arguments = model.orElseThrow(() -> new IllegalArgumentException(
                "the task has no system of its own: model is required, such as {cell: lstm, units: 128}"));
        Cell cell = Cells.CATALOG.create("cell", arguments).make(task.inputs());
        boolean biased = arguments.flag("bias");
        return new Model(cell, new AffineHead(cell.outputSize(), task.outputs(), biased, task.loss()));
    }
}
