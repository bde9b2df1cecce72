package org.bpttbench.harness.calibration;

import java.io.IOException;
import java.nio.file.Path;

/** Results folders whose cells are finished, their counts made up: for tests of what is done with them. */
public final class Finished {
    private Finished() {}

    /** All cells of the quick plan with 4000 repetitions: heavy and rare ones stopped by the guard, all others without a fault. */
    public static CalibrationPlan quick(Path folder, int alarms, int farAlarms) throws IOException {
        CalibrationPlan plan = CalibrationPlan.quick(1, 4000);
        try (CalibrationJournal journal = CalibrationJournal.open(folder)) {
            for (CalibrationCell cell : plan.cells()) {
                journal.append(plan.id(cell), cell, result(cell, alarms, farAlarms), 1.5);
            }
        }
        return plan;
    }

    private static CellResult result(CalibrationCell cell, int alarms, int farAlarms) {
        String tail = cell.subject().columns().getOrDefault("tail", "");
        int stopped = tail.equals("heavy") || tail.equals("rare") ? 4000 : 0;
        int biased = stopped > 0 ? 0 : alarms;
        return new CellResult(
                0.125,
                0.125 * cell.bias(),
                stopped > 0 ? 0.75 : 0.05,
                stopped > 0 ? 20 : 500,
                4000,
                stopped,
                biased,
                0,
                stopped,
                4000 - stopped - biased,
                alarms,
                farAlarms,
                3900);
    }
}
