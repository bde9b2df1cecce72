package org.bpttbench.experiments.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpttbench.core.catalog.Parameter;

/** Reads sweep files. Immutable; one reader serves any number of files. */
public final class SweepReader {
    /** Each is held against every setting. */
    private static final int MAX_EXCLUDED = 1000;

    /** More than anyone makes; bounds the memory that a number can ask for. */
    private static final long MAX_RUNS = 1_000_000;

    private final Catalogs catalogs;
    private final Schema schema;
    private final Set<String> sections;

    public SweepReader(Catalogs catalogs) {
        this.catalogs = catalogs;
        this.schema = new Schema(catalogs);
        this.sections = new LinkedHashSet<>(schema.sections());
    }

    /** The keys that a file can have. */
    public Schema schema() {
        return schema;
    }

    /**
     * @param overrides arguments of the form {@code path=value}
     * @throws SweepErrors with everything that is wrong
     * @throws IOException if the file cannot be read
     */
    public Sweep read(Path file, List<String> overrides) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            // Not its size: a pipe has none, and a device no end.
            return read(file.toString(), in.readNBytes(Source.MAX_BYTES + 1), overrides);
        }
    }

    /**
     * @param file name for messages
     * @throws SweepErrors with everything that is wrong
     */
    public Sweep read(String file, String text, String... overrides) {
        return read(file, text.getBytes(StandardCharsets.UTF_8), List.of(overrides));
    }

    /**
     * @param file name for messages
     * @param source UTF-8, at most 1 MiB
     * @throws SweepErrors with everything that is wrong
     */
    public Sweep read(String file, byte[] source, List<String> overrides) {
        Problems problems = new Problems();
        String text = Source.decode(file, source, problems);
        Node.Mapping written = root(file, text, problems);
        Node.Mapping root = new Overrides(schema, sections, problems).apply(written, overrides);
        refuseUnknownSections(root, problems);
        Sweep.Heading heading = new Headings(schema, problems).read(root);
        Expansion expansion = Expansion.of(root, schema, problems);
        List<Setting> settings = settings(root, expansion, problems);
        refuseTooMany(root, heading, settings.size(), problems);
        problems.check();
        heading.warn(root, settings, expansion.paths(), problems);
        String kept = overrides.isEmpty() ? text : YamlText.of(root);
        return new Sweep(heading, settings, Columns.of(settings, expansion.paths()), problems.warnings(), kept);
    }

    /**
     * Some values of a setting, out of arguments of the form {@code path=value}, which are read as overrides are.
     *
     * @param name of what the arguments are part of, for messages
     * @throws SweepErrors with everything that is wrong
     */
    public PartialSetting partial(String name, List<String> arguments) {
        Problems problems = new Problems();
        Node.Mapping values = new Overrides(schema, sections, problems).values(name, arguments);
        Optional<PartialSetting> partial = PartialSetting.of(name, values, schema, problems);
        problems.check();
        return partial.orElseThrow();
    }

    private static Node.Mapping root(String file, String text, Problems problems) {
        Place start = new Place(file, 1, 1);
        Node root = NodeReader.read(text, start, problems).orElse(null);
        if (root instanceof Node.Mapping map) {
            return map;
        }
        problems.error(
                root == null ? start : root.place(),
                "the file is " + (root == null ? "empty" : root.described()) + ": must be a map of "
                        + "name, seed, task, estimator and more");
        throw new SweepErrors(problems.errors());
    }

    private void refuseUnknownSections(Node.Mapping root, Problems problems) {
        for (Node.Member member : root.members().values()) {
            if (!sections.contains(member.key())) {
                String near = Spelling.question(member.key(), sections);
                String hint = near.isEmpty() ? "; it takes " + String.join(", ", sections) : near;
                problems.error(member.place(), "unknown key '" + member.key() + "' in the sweep file" + hint);
            }
        }
    }

    private static void refuseTooMany(Node.Mapping root, Sweep.Heading heading, int settings, Problems problems) {
        long replicates = heading.replicates()
                + (long) heading.choose().map(Sweep.Choose::replicates).orElse(0);
        if (settings * replicates > MAX_RUNS) {
            problems.error(
                    root.placeOf("replicates"),
                    settings + " settings × " + replicates + " replicates are more than " + MAX_RUNS + " runs");
        }
    }

    private List<Setting> settings(Node.Mapping root, Expansion expansion, Problems problems) {
        Node.Mapping base = base(root);
        // once by itself, because what an axis replaces would not be looked at otherwise
        new Resolver(problems, path -> true).resolve("the sweep file", schema.setting(), base);
        List<PartialSetting> excluded = excluded(root, problems);
        SettingBuilder builder = new SettingBuilder(catalogs, schema, excluded, expansion, problems);
        expansion.settings(root.place()).forEach(choices -> builder.add(base, choices));
        return builder.settings();
    }

    private Node.Mapping base(Node.Mapping root) {
        Map<String, Node.Member> members = new LinkedHashMap<>();
        for (Parameter key : schema.setting()) {
            Node.Member member = root.members().get(key.name());
            if (member != null) {
                members.put(key.name(), member);
            }
        }
        return new Node.Mapping(root.place(), members);
    }

    private List<PartialSetting> excluded(Node.Mapping root, Problems problems) {
        List<PartialSetting> excluded = new ArrayList<>();
        Node node = root.get(Headings.EXCLUDE);
        if (node instanceof Node.Sequence list) {
            if (list.items().size() > MAX_EXCLUDED) {
                problems.error(node.place(), "exclude has more than " + MAX_EXCLUDED + " items");
                problems.check();
            }
            list.items()
                    .forEach(item -> PartialSetting.of(Headings.EXCLUDE, item, schema, problems)
                            .ifPresent(excluded::add));
        } else if (node != null) {
            problems.error(node.place(), "exclude is " + node.described() + ": must be a list of partial settings");
        }
        return excluded;
    }
}
