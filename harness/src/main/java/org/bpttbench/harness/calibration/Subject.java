package org.bpttbench.harness.calibration;

import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.random.Seeds;

/** Something whose true bias is known and of which any number of rows can be drawn. */
sealed interface Subject permits LineSubject, NetworkSubject {
    /** What tells it from other subjects. */
    Map<String, Object> identity();

    /** What it is made from: a place below the seeds of all subjects. */
    Seeds below(Seeds root);

    /** The cells of its columns in the table; columns that it does not name are empty. */
    Map<String, String> columns();

    /** In a few words. */
    String words();

    /**
     * Made from its seeds; may take seconds.
     *
     * @param seeds of all subjects
     */
    Prepared prepare(Seeds seeds);

    /** Ready to be drawn from, by many threads. */
    interface Prepared {
        /** @param draws of a row */
        RowSource open(int draws);

        /** The bias that it has of itself, of ‖g‖; empty where it has none and any may be added. */
        Optional<Double> ownBias();
    }
}
