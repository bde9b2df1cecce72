package org.bpttbench.experiments.task;

import org.bpttbench.core.catalog.Catalog;

/** The tasks that {@code task.type} can name. */
public final class Tasks {
    public static final Catalog<Task> CATALOG = Catalog.of(
            "task",
            InfluenceBalancing.ENTRY,
            LinearDrive.ENTRY,
            CharLm.ENTRY,
            Adding.ENTRY,
            Multiplication.ENTRY,
            Copy.ENTRY,
            TemporalOrder.ENTRY,
            RandomPermutation.ENTRY,
            NoiselessMemorization.ENTRY,
            CopyStream.ENTRY,
            AnBn.ENTRY,
            Brackets.ENTRY,
            AddCoins.ENTRY,
            MackeyGlass.ENTRY,
            Electrocardiogram.ENTRY,
            SequentialDigits.ENTRY);

    private Tasks() {}
}
