package org.bpttbench.experiments.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.stream.Collectors;

/** What an editor does: reads YAML by the core schema of YAML 1.2 and asks a validator that is not ours. */
final class Validator {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final com.networknt.schema.JsonSchema schema;

    Validator(Catalogs catalogs) {
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(JsonSchema.of(new Schema(catalogs)));
    }

    /** Empty if the text is valid. */
    Set<String> complaints(String text) {
        Problems problems = new Problems();
        JsonNode tree = NodeReader.read(text, new Place("x", 1, 1), problems)
                .map(Validator::json)
                .orElse(NODES.nullNode());
        return schema.validate(tree).stream()
                .map(message -> message.getInstanceLocation() + ": " + message.getMessage())
                .collect(Collectors.toSet());
    }

    private static JsonNode json(Node node) {
        if (node instanceof Node.Mapping map) {
            ObjectNode object = NODES.objectNode();
            map.members().forEach((key, member) -> object.set(key, json(member.value())));
            return object;
        }
        if (node instanceof Node.Sequence list) {
            ArrayNode array = NODES.arrayNode();
            list.items().forEach(item -> array.add(json(item)));
            return array;
        }
        Node.Scalar scalar = (Node.Scalar) node;
        return scalar.quoted() ? NODES.textNode(scalar.text()) : plain(scalar.text());
    }

    private static JsonNode plain(String text) {
        if (text.matches("|~|null|Null|NULL")) {
            return NODES.nullNode();
        }
        if (text.matches("true|True|TRUE|false|False|FALSE")) {
            return NODES.booleanNode(Boolean.parseBoolean(text));
        }
        if (text.matches("[-+]?[0-9]+")) {
            return NODES.numberNode(new BigInteger(text));
        }
        if (text.matches("0x[0-9a-fA-F]+")) {
            return NODES.numberNode(new BigInteger(text.substring(2), 16));
        }
        if (text.matches("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?")) {
            return NODES.numberNode(new BigDecimal(text));
        }
        return NODES.textNode(text);
    }
}
