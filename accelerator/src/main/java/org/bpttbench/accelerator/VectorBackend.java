package org.bpttbench.accelerator;

import org.bpttbench.core.kernel.KernelBackend;
import org.bpttbench.core.kernel.Kernels;

/** Offers {@link VectorKernels} where the JVM was started with the module that they need. */
public final class VectorBackend implements KernelBackend {
    private static final String MODULE = "jdk.incubator.vector";
    private static final int PRIORITY = 10;

    /** For {@link java.util.ServiceLoader}. */
    public VectorBackend() {}

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public boolean available() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    @Override
    public String remedy() {
        return "start Java with --add-modules " + MODULE + ", from a JDK that has this module";
    }

    @Override
    public Kernels kernels() {
        return VectorKernels.INSTANCE;
    }
}
