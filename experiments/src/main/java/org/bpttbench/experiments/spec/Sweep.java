package org.bpttbench.experiments.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** A sweep file, checked and expanded. Immutable. */
public final class Sweep {
    /**
     * Which setting of an arm is picked on validation data.
     *
     * @param among the path whose values are compared
     * @param by the metric that decides
     * @param replicates runs of each setting, the first, that only decide; 0 if those that are reported decide
     */
    public record Choose(String among, String by, int replicates) {}

    /** What a sweep says of itself as a whole. */
    record Heading(
            String name,
            String about,
            int replicates,
            Optional<PartialSetting> reference,
            Optional<Choose> choose,
            List<Node> claims) {

        /** Of what refers to settings that the sweep does not have. */
        void warn(Node.Mapping root, List<Setting> settings, List<String> varied, Problems problems) {
            if (reference.isPresent() && settings.stream().noneMatch(reference.get()::matches)) {
                problems.warning(
                        root.placeOf("reference"), "reference matches no setting: nothing is compared with it");
            }
            choose.ifPresent(chosen -> warn(root, chosen, varied, problems));
        }

        private static void warn(Node.Mapping root, Choose choose, List<String> varied, Problems problems) {
            if (!varied.contains(choose.among)) {
                problems.warning(
                        root.placeOf("choose.among"),
                        "the sweep does not vary '" + choose.among + "': there is nothing to choose");
            } else if (choose.replicates == 0 && !choose.by.startsWith("valid.")) {
                problems.warning(
                        root.placeOf("choose.by"),
                        "'" + choose.by + "' picks a value and is reported for it, by the same runs; replicates under"
                                + " choose gives runs that only pick");
            }
        }
    }

    private final Heading heading;
    private final List<Setting> settings;
    private final Columns columns;
    private final List<Problem> warnings;
    private final String text;

    Sweep(Heading heading, List<Setting> settings, Columns columns, List<Problem> warnings, String text) {
        this.heading = heading;
        this.settings = List.copyOf(settings);
        this.columns = columns;
        this.warnings = List.copyOf(warnings);
        this.text = text;
    }

    public String name() {
        return heading.name;
    }

    /** What is asked, empty if the file does not say. */
    public String about() {
        return heading.about;
    }

    /** The seed of the first setting, which is that of all unless the sweep varies it. */
    public long seed() {
        return settings.get(0).seed();
    }

    /** Runs of each setting that are reported. */
    public int replicates() {
        return heading.replicates;
    }

    /** Runs of each setting that come before those and only decide what is chosen. */
    public int choosing() {
        return heading.choose.map(Choose::replicates).orElse(0);
    }

    /** In sweep order, at least one, no two alike. */
    public List<Setting> settings() {
        return settings;
    }

    /** Every setting's runs, setting by setting. */
    public List<RunSpec> runs() {
        return settings.stream().flatMap(setting -> runs(setting).stream()).toList();
    }

    /** All of one setting, those that only decide first. */
    public List<RunSpec> runs(Setting setting) {
        return IntStream.range(0, choosing() + replicates())
                .mapToObj(replicate -> new RunSpec(setting, replicate))
                .toList();
    }

    /** Dotted paths of the columns that tell settings apart: all of the estimator's, then every path that is varied. */
    public List<String> columns() {
        return columns.names();
    }

    /** The text of a setting in each of {@link #columns()}, empty where it has none. */
    public Map<String, String> flatten(Setting setting) {
        return columns.flatten(setting);
    }

    /** The arm that others are compared with. */
    public Optional<PartialSetting> reference() {
        return heading.reference;
    }

    public Optional<Choose> choose() {
        return heading.choose;
    }

    /** As written, for those who know what claims look like. */
    public List<Node> claims() {
        return heading.claims;
    }

    /** The margin of the first setting that measures bias; {@link BiasSpec#margin()} has each setting's own. */
    public OptionalDouble margin() {
        return settings.stream()
                .flatMap(setting -> setting.bias().stream())
                .mapToDouble(BiasSpec::margin)
                .findFirst();
    }

    /** What can be run but may not be what was meant. */
    public List<Problem> warnings() {
        return warnings;
    }

    /** YAML that reads as this sweep: the file's own text, or where overrides changed it, what they made of it. */
    public String text() {
        return text;
    }
}
