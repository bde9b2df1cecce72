package org.bpttbench.experiments.spec;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a tree as YAML that reads back as the same tree: a block of top keys, everything below in one line each. */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("-?[A-Za-z0-9][A-Za-z0-9_.+-]*");

    private YamlText() {}

    static String of(Node.Mapping root) {
        return root.members().values().stream()
                .map(member -> member(member) + '\n')
                .collect(Collectors.joining());
    }

    private static String member(Node.Member member) {
        return scalar(member.key(), false) + ": " + value(member.value());
    }

    private static String value(Node node) {
        if (node instanceof Node.Mapping map) {
            return map.members().values().stream().map(YamlText::member).collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof Node.Sequence list) {
            return items(list.items());
        }
        Node.Scalar scalar = (Node.Scalar) node;
        return scalar(scalar.text(), scalar.quoted());
    }

    private static String items(List<Node> items) {
        return items.stream().map(YamlText::value).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String scalar(String text, boolean quoted) {
        return !quoted && PLAIN.matcher(text).matches() ? text : Json.write(text);
    }
}
