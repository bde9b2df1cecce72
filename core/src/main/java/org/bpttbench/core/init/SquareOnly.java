package org.bpttbench.core.init;

import java.util.Optional;

/** The refusal of a law that only square matrices have. */
final class SquareOnly {
    private SquareOnly() {}

    static Optional<String> refusal(String law, int rows, int cols) {
        return rows == cols
                ? Optional.empty()
                : Optional.of(law + " needs a square matrix, not [" + rows + "×" + cols + "]");
    }
}
