package org.bpttbench.experiments.run;

import java.io.Closeable;
import java.io.IOException;

/** What a {@link JournalWriter} asks of the place that it writes to: the seam at which tests break it. */
interface JournalFile extends Closeable {
    /** Hands bytes to the operating system, behind all before. */
    void write(byte[] bytes) throws IOException;

    /** Returns when all that was written is on the disk. May be called while another thread writes. */
    void sync() throws IOException;

    /** Takes back what was written last: so many bytes stay of what this object was handed. */
    void keepFirst(long bytes) throws IOException;
}
