package org.bpttbench.experiments.data;

/**
 * Five minutes of an electrocardiogram at 360 Hz: lead MLII of record 208 of the MIT-BIH Arrhythmia Database, of Moody
 * &amp; Mark 2001. With noise and irregular beats in it.
 */
public final class Heartbeats {
    private static final int ZERO = 1024;
    private static final double STEPS_PER_MILLIVOLT = 200.0;

    private Heartbeats() {}

    /** Samples in millivolts, not to be modified. */
    public static double[] millivolts() {
        return Loaded.MILLIVOLTS;
    }

    /** SHA-256 of the samples as they are stored, in hex. */
    public static String hash() {
        return Loaded.HASH;
    }

    /** Read when first asked for. */
    private static final class Loaded {
        static final double[] MILLIVOLTS;
        static final String HASH;

        static {
            byte[] content = DataFiles.unpacked("mitdb-208.u16.gz");
            HASH = DataFiles.hash(content);
            MILLIVOLTS = new double[content.length / 2];
            for (int i = 0; i < MILLIVOLTS.length; i++) {
                int sample = Byte.toUnsignedInt(content[2 * i]) | Byte.toUnsignedInt(content[2 * i + 1]) << 8;
                MILLIVOLTS[i] = (sample - ZERO) / STEPS_PER_MILLIVOLT;
            }
        }
    }
}
