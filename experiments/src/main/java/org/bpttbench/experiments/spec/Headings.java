package org.bpttbench.experiments.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Parameter;
import org.jspecify.annotations.Nullable;

/** Reads the keys that speak of the sweep as a whole. */
final class Headings {
    static final String EXCLUDE = "exclude";
    /** It becomes the name of a folder. */
    private static final int LONGEST_NAME = 100;

    static final String REFERENCE = "reference";
    static final String CHOOSE = "choose";
    static final String CLAIMS = "claims";

    /** Those whose values are not described by parameters. */
    static final List<String> SECTIONS = List.of(EXCLUDE, REFERENCE, CHOOSE, CLAIMS);

    static final Parameter CHOICE = Parameter.map(
            CHOOSE,
            "what is picked on validation data",
            Parameter.text("among", "path whose values are compared"),
            Parameter.text("by", "metric that decides"),
            Parameter.integer("replicates", "runs of each setting that decide and are not reported")
                    .atLeast(0)
                    .atMost(1_000_000)
                    .orElse(0));

    private final Schema schema;
    private final Problems problems;

    Headings(Schema schema, Problems problems) {
        this.schema = schema;
        this.problems = problems;
    }

    /** What is wrong is reported and replaced. */
    Sweep.Heading read(Node.Mapping root) {
        Node.Mapping own = Node.Mapping.empty(root.place());
        for (Parameter key : schema.heading()) {
            Node.Member member = root.members().get(key.name());
            own = member == null ? own : own.with(member);
        }
        Map<String, Object> values = new Resolver(problems).resolve("the sweep file", schema.heading(), own);
        String name = (String) values.getOrDefault("name", "");
        Node written = root.get("name");
        if (written != null && values.containsKey("name") && !Schema.isName(name)) {
            problems.error(
                    written.place(),
                    "name is " + written.described() + ": must be lower-case letters, digits and hyphens");
        } else if (written != null && name.length() > LONGEST_NAME) {
            problems.error(
                    written.place(),
                    "name is " + written.described() + ": must have at most " + LONGEST_NAME + " characters");
        }
        return new Sweep.Heading(
                name,
                (String) values.getOrDefault("about", ""),
                Math.toIntExact((Long) values.getOrDefault("replicates", 1L)),
                reference(root.get(REFERENCE)),
                choose(root.get(CHOOSE)),
                claims(root.get(CLAIMS)));
    }

    private Optional<PartialSetting> reference(@Nullable Node node) {
        return node == null || isEmptyMap(node)
                ? Optional.empty()
                : PartialSetting.of(REFERENCE, node, schema, problems);
    }

    private Optional<Sweep.Choose> choose(@Nullable Node node) {
        if (node == null || isEmptyMap(node)) {
            return Optional.empty();
        }
        Map<String, Object> values = Trees.map(new Resolver(problems).value(CHOOSE, CHOICE, node));
        if (values == null || !values.containsKey("among") || !values.containsKey("by")) {
            return Optional.empty();
        }
        Arguments chosen = new Arguments(values);
        String among = chosen.text("among");
        if (!schema.knows(among)) {
            problems.error(((Node.Mapping) node).placeOf("among"), schema.unknown(among));
        }
        int replicates = chosen.has("replicates") ? chosen.integer("replicates") : 0;
        return Optional.of(new Sweep.Choose(among, chosen.text("by"), replicates));
    }

    private List<Node> claims(@Nullable Node node) {
        if (node instanceof Node.Sequence list) {
            return list.items();
        }
        if (node != null) {
            problems.error(node.place(), "claims is " + node.described() + ": must be a list");
        }
        return List.of();
    }

    private static boolean isEmptyMap(Node node) {
        return node instanceof Node.Mapping map && map.members().isEmpty();
    }
}
