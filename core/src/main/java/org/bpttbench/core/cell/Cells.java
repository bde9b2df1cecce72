package org.bpttbench.core.cell;

import org.bpttbench.core.catalog.Catalog;

/** The cells that {@code model.cell} can name. {@link LinearSystem} comes with the tasks that need it. */
public final class Cells {
    public static final Catalog<CellMaker> CATALOG =
            Catalog.of("cell", TanhCell.ENTRY, ReluCell.ENTRY, IdentityCell.ENTRY, LstmCell.ENTRY, GruCell.ENTRY);

    private Cells() {}
}
