package org.bpttbench.experiments.run;

import java.util.List;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.cell.Cells;
import org.bpttbench.core.init.Initializers;
import org.bpttbench.experiments.spec.Catalogs;
import org.bpttbench.experiments.spec.TaskTraits;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.experiments.task.Tasks;
import org.bpttbench.experiments.train.Optimizers;
import org.bpttbench.variants.Estimators;

/** All that this build can run, for the reader of sweep files. */
public final class Bundled {
    private Bundled() {}

    /** @param tasks where the tasks that a file names are made and kept */
    public static Catalogs catalogs(TaskShelf tasks) {
        return new Catalogs(
                Estimators.CATALOG,
                Tasks.CATALOG,
                Cells.CATALOG,
                Initializers.CATALOG,
                Optimizers.CATALOG,
                arguments -> traits(tasks, arguments),
                List.of(
                        new WeightsFit(tasks),
                        new EstimatorFits(tasks),
                        new MemorySuffices(tasks),
                        new ExactAffordable(tasks)));
    }

    private static TaskTraits traits(TaskShelf tasks, Arguments arguments) {
        Task task = tasks.get(arguments);
        return new TaskTraits(task.system().isPresent(), task.splits(), task.episode(), task.dataHash());
    }
}
