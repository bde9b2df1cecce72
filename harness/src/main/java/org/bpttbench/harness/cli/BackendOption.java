package org.bpttbench.harness.cli;

import org.bpttbench.core.kernel.Backends;
import org.bpttbench.core.kernel.Kernels;
import picocli.CommandLine.Option;

/** Which arithmetic to use. */
final class BackendOption {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "auto",
            description =
                    "Arithmetic: auto (the fastest that this JVM has), plain or vector. Results have the same bits under all of"
                            + " them.")
    private String name = "auto";

    Kernels kernels() {
        try {
            return Backends.find(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--backend: " + e.getMessage());
        }
    }
}
