package org.bpttbench.core.init;

import java.util.List;
import org.bpttbench.core.catalog.Entry;

/** Every weight 0. */
final class Zero {
    static final Entry<Initializer> ENTRY = new Entry<>(
            "zero",
            "every weight 0",
            "for biases, as in Glorot & Bengio 2010",
            List.of(),
            arguments -> new Constant(0));

    private Zero() {}
}
