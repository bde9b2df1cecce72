package org.bpttbench.harness.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.catalog.Catalog;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.cell.Cells;
import org.bpttbench.core.init.Initializers;
import org.bpttbench.experiments.task.Tasks;
import org.bpttbench.experiments.train.Decays;
import org.bpttbench.experiments.train.Optimizers;
import org.bpttbench.variants.Estimators;
import org.bpttbench.variants.truncation.CutLaw;

/** All catalogues, by the word that lists them. */
final class Shelves {
    static final Map<String, Catalog<?>> ALL = all();

    private Shelves() {}

    static Catalog<?> catalog(String kind) {
        Catalog<?> catalog = ALL.get(kind);
        if (catalog == null) {
            throw new IllegalArgumentException("no catalogue of " + kind);
        }
        return catalog;
    }

    /** The first entry of that name in any catalogue. */
    static Optional<Entry<?>> find(String name) {
        for (Catalog<?> catalog : ALL.values()) {
            Optional<? extends Entry<?>> entry = catalog.find(name);
            if (entry.isPresent()) {
                return Optional.of(entry.get());
            }
        }
        return Optional.empty();
    }

    private static Map<String, Catalog<?>> all() {
        Map<String, Catalog<?>> all = new LinkedHashMap<>();
        all.put("estimators", Estimators.CATALOG);
        all.put("laws", CutLaw.CATALOG);
        all.put("tasks", Tasks.CATALOG);
        all.put("cells", Cells.CATALOG);
        all.put("initialisers", Initializers.CATALOG);
        all.put("optimisers", Optimizers.CATALOG);
        all.put("decays", Decays.CATALOG);
        return all;
    }
}
