package org.bpttbench.experiments.run;

/** A wish that runs be left as soon as they can be gone on with. Once made it stays. Thread-safe. */
public final class StopSignal {
    private volatile boolean wished;

    public void stop() {
        wished = true;
    }

    public boolean wished() {
        return wished;
    }
}
