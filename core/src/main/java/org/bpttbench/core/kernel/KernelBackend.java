package org.bpttbench.core.kernel;

/** A place to get {@link Kernels} from, registered with {@link java.util.ServiceLoader}; see {@link Backends}. */
public interface KernelBackend {
    /** What {@code --backend} calls it; lower case. */
    String name();

    /** {@code auto} takes the available backend with the highest; plain Java has 0. */
    int priority();

    /** Whether this JVM can run it; must not throw, and must not touch classes that may be missing. */
    boolean available();

    /** How to make it available, as one line for a user whose JVM lacks it. */
    String remedy();

    /** Called only if {@link #available()}. */
    Kernels kernels();
}
