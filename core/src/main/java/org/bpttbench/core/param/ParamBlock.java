package org.bpttbench.core.param;

import java.util.List;

/**
 * A named matrix inside the flat parameter vector θ, stored row-major: entry (i, j) is {@code θ[offset + i·cols + j]}.
 * Weight matrices are input-major: row i holds the weights that leave source i, so that a row vector times the block is
 * the layer's pre-activation.
 *
 * @param name unique in its layout, for reports
 * @param role what it does
 * @param rows number of sources (fan-in); 1 for a bias
 * @param cols number of targets, all gates side by side
 * @param gates the names of the equal column groups, in order; a single one for a cell without gates
 * @param offset where the block starts in θ
 */
public record ParamBlock(String name, Role role, int rows, int cols, List<String> gates, int offset) {

    public ParamBlock {
        gates = List.copyOf(gates);
        if (rows < 1 || cols < 1 || gates.isEmpty() || cols % gates.size() != 0) {
            throw new IllegalArgumentException(
                    "block " + name + " [" + rows + "×" + cols + "] does not divide into gates " + gates);
        }
    }

    /** Number of parameters. */
    public int size() {
        return rows * cols;
    }

    /** Columns of one gate. */
    public int gateCols() {
        return cols / gates.size();
    }

    ParamBlock shifted(int by) {
        return new ParamBlock(name, role, rows, cols, gates, offset + by);
    }
}
