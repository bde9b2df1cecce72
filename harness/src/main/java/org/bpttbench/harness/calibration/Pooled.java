package org.bpttbench.harness.calibration;

import java.util.Locale;
import java.util.Map;
import org.bpttbench.harness.inference.BinomialBounds;

/**
 * How heavy the upper tail of the test is where Holm's correction asks for it: rows of all cells without bias that pass the guard
 * and are looked at once, together.
 *
 * @param cells that count
 * @param rows of them
 * @param farAlarms rows with p below 0.0025, nominally 0.125 % of them
 */
public record Pooled(int cells, int rows, int farAlarms) {
    private static final double NOMINAL = 0.00125;

    public static Pooled of(Map<CalibrationCell, CellResult> results) {
        int cells = 0;
        int rows = 0;
        int far = 0;
        for (Map.Entry<CalibrationCell, CellResult> entry : results.entrySet()) {
            CellResult result = entry.getValue();
            if (entry.getKey().bias() == 0 && entry.getKey().looks() == 1 && !result.stopped()) {
                cells++;
                rows += result.repetitions();
                far += result.farAlarms();
            }
        }
        return new Pooled(cells, rows, far);
    }

    /** Refuted where the lower 99 % bound of the share is above the nominal one. */
    public boolean holds() {
        return rows == 0 || BinomialBounds.lower(farAlarms, rows, Check.LEVEL) <= NOMINAL;
    }

    /** A sentence. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "Far alarms, p below %s, of all %d cells without bias that pass the guard: %s %% of %d rows, which %s.",
                2 * NOMINAL,
                cells,
                rows == 0 ? "-" : String.format(Locale.ROOT, "%.3f", 100.0 * farAlarms / rows),
                rows,
                holds() ? "does not exceed its bound" : "is more than its bound");
    }
}
