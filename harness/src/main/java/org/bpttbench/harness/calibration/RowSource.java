package org.bpttbench.harness.calibration;

import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;

/** Draws a row again and again. Belongs to one thread. */
@FunctionalInterface
interface RowSource {
    /**
     * One row's draws.
     *
     * @param bias that is added to each along g, in units of ‖g‖
     * @param seeds of all chance in them
     */
    BiasMeasurement measure(double bias, Seeds seeds);
}
