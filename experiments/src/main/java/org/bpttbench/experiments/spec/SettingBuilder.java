package org.bpttbench.experiments.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Catalog;
import org.bpttbench.experiments.spec.SettingCheck.Objection;

/** Makes settings of located trees, in order: resolved, completed, not excluded, unlike all before, and checked. */
final class SettingBuilder {
    /** Some hundred for each of as many settings as there can be; bounds the memory that long lists ask for. */
    private static final long MOST_VALUES = 3_000_000;

    private final Catalogs catalogs;
    private final Schema schema;
    private final List<PartialSetting> excluded;
    private final Problems problems;
    private final Expansion expansion;

    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final Map<String, List<Place>> origins = new HashMap<>();
    private final Map<Object, Known> tasks = new HashMap<>();
    private final Set<PartialSetting> matched = new HashSet<>();
    private boolean broken;
    private long values;

    /** What a task said of itself: its traits, or why there are none. */
    private record Known(TaskTraits traits, List<Objection> objections) {}

    /** @param expansion whose faults may be why something is missing, alike or never excluded */
    SettingBuilder(
            Catalogs catalogs, Schema schema, List<PartialSetting> excluded, Expansion expansion, Problems problems) {
        this.catalogs = catalogs;
        this.schema = schema;
        this.excluded = excluded;
        this.problems = problems;
        this.expansion = expansion;
        this.broken = !expansion.isSound();
    }

    void add(Node.Mapping base, List<Choice> choices) {
        Node.Mapping source = Choice.apply(base, choices);
        values += Twins.size(source);
        if (values > MOST_VALUES) {
            problems.error(source.place(), "the settings together have more than " + MOST_VALUES + " values");
            problems.check();
        }
        Problems own = new Problems();
        Resolver resolver = new Resolver(own, expansion::mayHaveSet);
        Map<String, Object> tree = resolver.resolve("the sweep file", schema.setting(), source);
        problems.addAll(own);
        if (own.hasErrors() || resolver.isIncomplete()) {
            broken = true;
            return;
        }
        Known task = tasks.computeIfAbsent(tree.get("task"), this::ask);
        List<Objection> objections = new ArrayList<>(task.objections());
        if (objections.isEmpty()) {
            objections.addAll(Completion.complete(tree, source, task.traits()));
        }
        if (isExcluded(tree)) {
            return;
        }
        if (!report(objections, source)) {
            broken = true;
            return;
        }
        Setting setting = new Setting(
                tree, Identity.of(schema.setting(), tree, task.traits().data()));
        List<Place> first = origins.putIfAbsent(setting.id(), Twins.origin(source, choices));
        if (first == null) {
            settings.put(setting.id(), setting);
            check(setting, source);
        } else if (expansion.isSound()) {
            Twins.report(first, Twins.origin(source, choices), problems);
        }
    }

    /** @return whether the setting can be run */
    private boolean report(List<Objection> objections, Node.Mapping source) {
        for (Objection objection : objections) {
            Place place = source.placeOf(objection.path());
            if (objection.warning()) {
                problems.warning(place, objection.message());
            } else {
                problems.error(place, objection.message());
            }
        }
        return objections.stream().allMatch(Objection::warning);
    }

    private void check(Setting setting, Node.Mapping source) {
        List<Objection> objections = new ArrayList<>();
        create(catalogs.estimators(), setting.estimator(), "estimator", objections);
        create(catalogs.initializers(), setting.init().recurrent(), "init", objections);
        create(catalogs.initializers(), setting.init().input(), "init.input", objections);
        create(catalogs.initializers(), setting.init().readout(), "init.readout", objections);
        setting.train()
                .ifPresent(train -> create(catalogs.optimizers(), train.optimizer(), "train.optimizer", objections));
        setting.bias()
                .flatMap(BiasSpec::along)
                .ifPresent(along -> create(catalogs.estimators(), along, "measure.bias.along", objections));
        if (report(objections, source)) {
            catalogs.checks().forEach(check -> report(check.check(setting), source));
        }
    }

    /** An entry may refuse combinations that its parameters' own ranges cannot express. */
    private static void create(Catalog<?> catalog, Arguments arguments, String path, List<Objection> objections) {
        try {
            catalog.create("type", arguments);
        } catch (IllegalArgumentException e) {
            objections.add(Objection.error(path, path + ": " + e.getMessage()));
        }
    }

    private boolean isExcluded(Map<String, Object> tree) {
        boolean found = false;
        for (PartialSetting each : excluded) {
            if (each.matches(tree)) {
                matched.add(each);
                found = true;
            }
        }
        return found;
    }

    private Known ask(Object task) {
        try {
            return new Known(catalogs.traits().apply(new Arguments(Trees.mapOf(task))), List.of());
        } catch (IllegalArgumentException e) {
            return new Known(TaskTraits.UNKNOWN, List.of(Objection.error("task", "task: " + e.getMessage())));
        }
    }

    /** All settings, after what only their whole number shows has been reported. */
    List<Setting> settings() {
        if (!broken) {
            excluded.stream()
                    .filter(each -> !matched.contains(each))
                    .forEach(each -> problems.error(each.place(), "exclude matches no setting: " + each));
        }
        if (!broken && settings.isEmpty() && !problems.hasErrors() && !excluded.isEmpty()) {
            problems.error(excluded.get(0).place(), "exclude leaves no setting");
        }
        return List.copyOf(settings.values());
    }
}
