package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The sweep files that come with the software. One line each. */
final class BundledSweeps {
    static final List<String> NAMES = List.of(
            "quickstart",
            "quickstart-text",
            "influence-balancing",
            "memory-tasks",
            "text",
            "exact-variance",
            "variance-limit",
            "variance-growth",
            "exact-and-sampled",
            "unseen-tail");

    private BundledSweeps() {}

    /** @throws UsageException if there is no bundled sweep of that name */
    static byte[] source(String name) throws IOException {
        if (!NAMES.contains(name)) {
            throw new UsageException("no bundled sweep is named '" + name + "'; there are " + String.join(", ", NAMES)
                    + ". A file's name has a '/' or ends in .yaml");
        }
        try (InputStream in =
                BundledSweeps.class.getResourceAsStream("/org/bpttbench/harness/sweeps/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the bundled sweep " + name + " is missing from the jar");
            }
            return in.readAllBytes();
        }
    }
}
