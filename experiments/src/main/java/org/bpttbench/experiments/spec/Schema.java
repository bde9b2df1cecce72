package org.bpttbench.experiments.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Catalog;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.jspecify.annotations.Nullable;

/** Version 1 of the sweep file as data: which keys there are, what they take, and what a dotted path leads to. */
public final class Schema {
    private static final Catalog<String> CLIPS = Catalog.of(
            "way of clipping",
            new Entry<>("none", "gradients are used as they are", "", List.of(), arguments -> "none"),
            new Entry<>(
                    "norm",
                    "longer gradients are scaled down to a norm",
                    "Pascanu, Mikolov & Bengio 2013",
                    List.of(Parameter.real("norm", "largest norm").above(0)),
                    arguments -> "norm"),
            new Entry<>(
                    "value",
                    "entries of a gradient beyond a magnitude are set to it",
                    "Mikolov 2012",
                    List.of(Parameter.real("value", "largest magnitude").above(0)),
                    arguments -> "value"));

    /** What a sweep's name matches. */
    static final String NAME_PATTERN = "[a-z0-9-]+";

    static final String NAME = "name";

    /** Stands in a path for a name that the file is free to choose. */
    static final String ANY = "*";

    private static final String MODEL = "model";
    private static final String CELL = "cell";

    private final List<Parameter> heading;
    private final List<Parameter> setting;

    public Schema(Catalogs catalogs) {
        heading = List.of(
                Parameter.text(NAME, "names the results folder; lower-case letters, digits and hyphens"),
                Parameter.text("about", "what is asked, in a line").orElse(""),
                Parameter.integer("replicates", "runs of each setting, with seeds of their own")
                        .atLeast(1)
                        .atMost(Integer.MAX_VALUE)
                        .orElse(1));
        setting = List.of(
                Parameter.integer("seed", "root of every random stream"),
                Parameter.entry("task", "what is learned", catalogs.tasks()),
                model(catalogs.cells()),
                init(catalogs.initializers()),
                train(catalogs.optimizers()),
                measure(catalogs.estimators()),
                Parameter.entry("estimator", "where gradients come from", catalogs.estimators()));
    }

    private static Parameter model(Catalog<?> cells) {
        return Parameter.entry(MODEL, "the network; left out for tasks that bring their own system", cells)
                .tag(CELL)
                .with(
                        count("units", "size of the state", 1),
                        Parameter.flag("bias", "whether units have a bias").orElse(true))
                .optional();
    }

    private static Parameter init(Catalog<?> initializers) {
        return Parameter.entry("init", "initial weights; the type is that of the recurrent matrix", initializers)
                .with(
                        Parameter.entry("input", "the input matrix", initializers)
                                .orElse("glorot"),
                        Parameter.entry("readout", "the readout matrix", initializers)
                                .orElse("glorot"),
                        Parameter.real("bias", "biases of all units").orElse(0),
                        Parameter.real("forget", "biases of forget gates").orElse(1))
                .orElse("glorot");
    }

    private static Parameter train(Catalog<?> optimizers) {
        return Parameter.map(
                        "train",
                        "how parameters are learned; left out for no training",
                        Parameter.integer("steps", "time steps of each lane").atLeast(1),
                        count("lanes", "sequences advanced side by side", 1).orElse(1),
                        Parameter.integer("sequence", "steps after which an endless stream counts as ended")
                                .atLeast(1)
                                .optional(),
                        Parameter.entry("optimizer", "turns gradients into steps", optimizers),
                        Parameter.word("per", "unit of a gradient: sums, or divided by the window", "step", "window")
                                .orElse("step"),
                        Parameter.word("update", "when parameters move", "window", "sequence")
                                .orElse("window"),
                        Parameter.entry("clip", "bounds a gradient before it is used", CLIPS)
                                .keyed()
                                .orElse("none"))
                .optional();
    }

    private static Parameter measure(Catalog<?> estimators) {
        Parameter checkpoint =
                Parameter.integer("step", "a time step").atLeast(0).orWords(Completion.END);
        Parameter bias = Parameter.map(
                        "bias",
                        "bias and variance of the gradient",
                        Parameter.list("at", "time steps of training at which it is measured", checkpoint)
                                .atLeast(1)
                                .orElse(List.of(0, Completion.END)),
                        count("length", "steps of a measured sequence; of episodes, theirs", 1)
                                .optional(),
                        count("burn_in", "steps run before it", 0).orElse(0),
                        count("sequences", "sequences measured at each checkpoint", 1)
                                .orElse(1),
                        Parameter.word("method", "moments sampled by draws, or computed", "sampled", "exact")
                                .orElse("sampled"),
                        count("draws", "draws of the estimator on each sequence", 2)
                                .orMap(
                                        Parameter.word("resolve", "what the draws are to be enough for", "margin"),
                                        count("at_most", "draws that are never exceeded", 200)
                                                .orElse(200_000))
                                .orElse(2000),
                        Parameter.real("margin", "relative bias below which an estimator counts as unbiased")
                                .above(0)
                                .orElse(0.05)
                                .unhashed(),
                        Parameter.entry("along", "whose training the measured parameters come from", along(estimators))
                                .orElse(BiasSpec.OWN)
                                .bornLater())
                .optional();
        Parameter accuracy = Parameter.map(
                        "accuracy",
                        "what has been learned",
                        Parameter.integer("every", "time steps between checkpoints")
                                .atLeast(1),
                        Parameter.table(
                                        "target",
                                        "metrics with the value to reach",
                                        Parameter.real("value", "to reach"))
                                .optional(),
                        Parameter.word("on", "split used at checkpoints, for tasks that have splits", "valid", "test")
                                .optional())
                .optional();
        return Parameter.map("measure", "what is measured", bias, accuracy).optional();
    }

    private static Catalog<?> along(Catalog<?> estimators) {
        return estimators.after(
                new Entry<>(BiasSpec.OWN, "the setting's own training", "", List.of(), arguments -> BiasSpec.OWN));
    }

    /** A whole number that programs keep in an {@code int}. */
    private static Parameter count(String name, String about, int lowest) {
        return Parameter.integer(name, about).atLeast(lowest).atMost(Integer.MAX_VALUE);
    }

    /** The keys that describe the sweep as a whole. */
    public List<Parameter> heading() {
        return heading;
    }

    /** The keys of a setting, in the order in which it is written out. */
    public List<Parameter> setting() {
        return setting;
    }

    /** Whether a sweep can be called so. */
    public static boolean isName(String text) {
        return text.matches(NAME_PATTERN);
    }

    /** Every key that may stand at the top of a file, in the order in which they are listed. */
    public List<String> sections() {
        Stream<String> described =
                Stream.concat(heading.stream(), setting.stream()).map(Parameter::name);
        Stream<String> axes = Stream.of(Expansion.GRID, Expansion.ZIP, Expansion.CASES);
        return Stream.of(described, axes, Headings.SECTIONS.stream())
                .flatMap(keys -> keys)
                .toList();
    }

    /** Every dotted path that some setting could have a value at, with what it can lead to; free names are {@link #ANY}. */
    Map<String, List<Parameter>> paths() {
        Map<String, List<Parameter>> paths = new LinkedHashMap<>();
        collect("", setting, paths);
        return paths;
    }

    private static void collect(String prefix, List<Parameter> level, Map<String, List<Parameter>> paths) {
        for (String key : level.stream().map(Parameter::name).distinct().toList()) {
            List<Parameter> found =
                    level.stream().filter(each -> each.name().equals(key)).toList();
            collectAt(prefix + key, found, paths);
        }
    }

    private static void collectAt(String path, List<Parameter> found, Map<String, List<Parameter>> paths) {
        paths.put(path, found);
        boolean free = found.stream().anyMatch(each -> each.type() == Parameter.Type.TABLE);
        List<Parameter> next = found.stream().flatMap(each -> below(each, null)).toList();
        if (free) {
            collectAt(path + '.' + ANY, next, paths);
        } else {
            collect(path + '.', next, paths);
        }
    }

    /** The key under which the entry of a section is named. */
    static String tagOf(String section) {
        return section.equals(MODEL) ? CELL : "type";
    }

    /** Whether some setting could have a value at a dotted path. */
    boolean knows(String path) {
        return !at(path).isEmpty();
    }

    /** What a dotted path can lead to: more than one parameter if it depends on the entries around it. */
    List<Parameter> at(String path) {
        String[] keys = path.split("\\.", -1);
        List<Parameter> found =
                setting.stream().filter(key -> key.name().equals(keys[0])).toList();
        for (int i = 1; i < keys.length; i++) {
            String key = keys[i];
            found = found.stream()
                    .flatMap(around -> below(around, key, null).stream())
                    .toList();
        }
        return found;
    }

    /**
     * What a key of a map can be.
     *
     * @param entry the entry that the map names, if that is settled
     */
    static List<Parameter> below(Parameter around, String key, @Nullable String entry) {
        return below(around, entry)
                .filter(field -> field.name().equals(key) || around.type() == Parameter.Type.TABLE)
                .toList();
    }

    private static Stream<Parameter> below(Parameter around, @Nullable String entry) {
        return switch (around.type()) {
            case MAP, INTEGER -> around.fields().stream();
            case TABLE -> around.element().stream();
            case ENTRY -> entryKeys(around, around.catalog().orElseThrow(), entry);
            default -> Stream.empty();
        };
    }

    private static Stream<Parameter> entryKeys(Parameter around, Catalog<?> catalog, @Nullable String entry) {
        List<Parameter> keys = new ArrayList<>();
        keys.add(Parameter.word(around.tag(), "", catalog.names().toArray(String[]::new)));
        Optional<? extends Entry<?>> settled = entry == null ? Optional.empty() : catalog.find(entry);
        if (settled.isPresent()) {
            keys.addAll(around.keysOf(settled.get()));
        } else {
            catalog.entries().forEach(each -> keys.addAll(around.keysOf(each)));
        }
        return keys.stream();
    }

    /** The names of all keys that a map for {@code around} can have, whichever entry it names. */
    static List<String> keysBelow(Parameter around) {
        return below(around, null).map(Parameter::name).distinct().toList();
    }

    /** Says that a path leads nowhere, and where it might have been meant to lead. */
    String unknown(String path) {
        String[] keys = path.split("\\.", -1);
        String known = "";
        List<Parameter> level = setting;
        for (String key : keys) {
            List<Parameter> next =
                    level.stream().filter(field -> field.name().equals(key)).toList();
            if (next.isEmpty()) {
                List<String> names =
                        level.stream().map(Parameter::name).distinct().toList();
                return "unknown path '" + path + "'" + question(path, known, key, names);
            }
            known += key + '.';
            level = next.stream().flatMap(around -> below(around, null)).toList();
        }
        throw new IllegalArgumentException("'" + path + "' is known");
    }

    private String question(String path, String before, String key, List<String> names) {
        Optional<String> nearest = Spelling.nearest(key, names);
        if (nearest.isEmpty()) {
            String around = before.isEmpty() ? "a setting" : before.substring(0, before.length() - 1);
            return names.isEmpty() ? "" : "; " + around + " has " + String.join(", ", names);
        }
        String repaired = before + nearest.get() + path.substring(before.length() + key.length());
        return "; did you mean '" + (knows(repaired) ? repaired : before + nearest.get()) + "'?";
    }
}
