package org.bpttbench.experiments.spec;

import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.catalog.Arguments;

/** One point of a sweep, complete: every key present, defaults and short forms written out. Immutable. */
public final class Setting {
    private final Arguments tree;
    private final Arguments identity;
    private final String id;
    private final RunIds runIds;

    /**
     * @param tree {@code seed, task, model, init, train, measure, estimator}, those that there are
     * @param identity the part of it that decides results, hence the ids
     */
    public Setting(Map<String, ?> tree, Map<String, ?> identity) {
        this.tree = new Arguments(Trees.mapOf(Trees.frozen(tree)));
        this.identity = new Arguments(Trees.mapOf(Trees.frozen(identity)));
        this.id = Json.digest(identity, 10);
        this.runIds = new RunIds(identity);
    }

    /** 10 hexadecimal digits of the hash of {@link #identity()}. */
    public String id() {
        return id;
    }

    RunIds runIds() {
        return runIds;
    }

    /** Not modifiable, in the order in which the sweep file documents its keys. */
    public Map<String, Object> tree() {
        return tree.values();
    }

    /** What is hashed. Not modifiable. */
    public Map<String, Object> identity() {
        return identity.values();
    }

    public long seed() {
        return tree.whole("seed");
    }

    /** The task's arguments, {@code type} naming it. */
    public Arguments task() {
        return tree.nested("task");
    }

    /** The estimator's arguments, {@code type} naming it. */
    public Arguments estimator() {
        return tree.nested("estimator");
    }

    public InitSpec init() {
        return InitSpec.of(tree.nested("init"));
    }

    /** Absent if the task brings its own system. */
    public Optional<ModelSpec> model() {
        return section(tree, "model").map(ModelSpec::of);
    }

    /** Absent if the setting does not train. */
    public Optional<TrainSpec> train() {
        return section(tree, "train").map(TrainSpec::of);
    }

    /** Absent if bias is not measured. */
    public Optional<BiasSpec> bias() {
        return section(tree, "measure")
                .flatMap(measure -> section(measure, "bias"))
                .map(BiasSpec::of);
    }

    /** Absent if accuracy is not measured. */
    public Optional<AccuracySpec> accuracy() {
        return section(tree, "measure")
                .flatMap(measure -> section(measure, "accuracy"))
                .map(AccuracySpec::of);
    }

    /** What stands at a dotted path, as in {@code estimator.law.alpha}. */
    public Optional<Object> value(String path) {
        return Trees.find(tree(), path);
    }

    private static Optional<Arguments> section(Arguments around, String name) {
        return around.has(name) ? Optional.of(around.nested(name)) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Setting that
                && tree().equals(that.tree())
                && identity().equals(that.identity());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id + ' ' + tree;
    }
}
