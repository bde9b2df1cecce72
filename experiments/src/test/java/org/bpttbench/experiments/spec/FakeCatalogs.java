package org.bpttbench.experiments.spec;

import java.util.List;
import java.util.OptionalLong;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Catalog;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.experiments.spec.SettingCheck.Objection;

/** Catalogues with the names of the real ones and nothing behind them. */
final class FakeCatalogs {
    private static final Catalog<String> LAWS = Catalog.of(
            "law",
            entry("constant"),
            entry("polynomial", Parameter.real("alpha", "tail").above(2).cautionUpTo(3, "segments have no variance")));

    static final Catalog<String> ESTIMATORS = Catalog.of(
            "estimator",
            entry("full"),
            entry(
                    "tbptt",
                    Parameter.integer("length", "new losses per window").atLeast(1),
                    Parameter.integer("lookback", "further steps back")
                            .atLeast(0)
                            .orElse(0)),
            entry(
                    "artbp",
                    Parameter.real("mean", "mean segment length").above(1),
                    Parameter.entry("law", "law of the cuts", LAWS).orElse("constant"),
                    Parameter.word("cuts", "of the lanes", "independent", "shared")
                            .orElse("independent")));

    private static final Catalog<String> TASKS = Catalog.of(
            "task",
            entry(
                    "influence-balancing",
                    Parameter.integer("units", "states").atLeast(1),
                    Parameter.integer("positive", "of them positive").atLeast(0)),
            entry("copy", Parameter.integer("length", "blanks").atLeast(1)),
            entry("char-lm", Parameter.text("text", "name or file:path").unhashed()));

    private static final Catalog<String> CELLS = Catalog.of("cell", entry("tanh"), entry("lstm"));

    private static final Catalog<String> INITIALIZERS = Catalog.of(
            "initialiser",
            entry("constant", Parameter.real("value", "of every weight")),
            entry("glorot"),
            entry("gaussian", Parameter.real("sd", "standard deviation").above(0)));

    private static final Catalog<String> OPTIMIZERS = Catalog.of(
            "optimizer",
            entry(
                    "sgd",
                    Parameter.real("rate", "step size").above(0),
                    Parameter.word("decay", "of the rate", "none", "inverse-sqrt")
                            .orElse("none")));

    private FakeCatalogs() {}

    static Catalogs catalogs(SettingCheck... checks) {
        return of(ESTIMATORS, checks);
    }

    static Catalogs of(Catalog<?> estimators, SettingCheck... checks) {
        return new Catalogs(estimators, TASKS, CELLS, INITIALIZERS, OPTIMIZERS, FakeCatalogs::traits, List.of(checks));
    }

    static SweepReader reader(SettingCheck... checks) {
        return new SweepReader(catalogs(checks));
    }

    /** Full needs an end. */
    static List<Objection> needsAnEnd(Setting setting) {
        boolean endless =
                setting.train().isPresent() && setting.train().get().sequence().isEmpty();
        return endless && setting.estimator().text("type").equals("full")
                ? List.of(
                        Objection.error("train.sequence", "estimator 'full' needs train.sequence on an endless stream"))
                : List.of();
    }

    static Entry<String> entry(String name, Parameter... parameters) {
        return new Entry<>(name, "a fake", "", List.of(parameters), arguments -> name);
    }

    private static TaskTraits traits(Arguments task) {
        return switch (task.text("type")) {
            case "influence-balancing" -> {
                if (task.whole("positive") > task.whole("units")) {
                    throw new IllegalArgumentException("positive is more than units");
                }
                yield new TaskTraits(true, false, OptionalLong.empty(), "");
            }
            case "copy" -> new TaskTraits(false, true, OptionalLong.of(task.whole("length") + 20), "");
            default -> new TaskTraits(false, true, OptionalLong.empty(), "5eed");
        };
    }
}
