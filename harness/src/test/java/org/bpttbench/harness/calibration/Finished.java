package org.bpttbench.harness.calibration;

import java.io.IOException;
import java.nio.file.Path;

/** Results folders whose cells are finished, their counts made up: for tests of what is done with them. */
public final class Finished {
    private Finished() {}

    /** All cells of the quick plan with 4000 repetitions: heavy tails stopped by the guard, all others without a fault. */
    public static CalibrationPlan quick(Path folder, int alarms) throws IOException {
        CalibrationPlan plan = CalibrationPlan.quick(1, 4000, 999);
        try (CalibrationJournal journal = CalibrationJournal.open(folder)) {
            for (CalibrationCell cell : plan.cells()) {
                journal.append(plan.id(cell), cell, result(cell, alarms), 1.5);
            }
        }
        return plan;
    }

    private static CellResult result(CalibrationCell cell, int alarms) {
        int stopped = cell.tail().name().equals("heavy") ? 4000 : 0;
        return new CellResult(
                0.125,
                stopped > 0 ? 0.75 : 0.05,
                4000,
                stopped > 0 ? 0 : alarms,
                0,
                stopped,
                stopped > 0 ? 0 : 4000 - alarms,
                alarms,
                3900,
                3900);
    }
}
