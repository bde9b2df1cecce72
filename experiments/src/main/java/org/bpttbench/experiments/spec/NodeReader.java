package org.bpttbench.experiments.spec;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.Mark;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one YAML document into {@link Node}s. It works on the parser's tokens because those keep the raw text of scalars
 * and leave aliases alone. Anchors, aliases, tags, duplicate keys and further documents are refused but read on past; a
 * syntax error ends the reading.
 */
final class NodeReader {
    /** Deeper than any sweep; bounds the stack that a hostile file can ask for. */
    static final int MAX_DEPTH = 32;

    /** No text of a sweep file is so long, and no number: some of what is asked of it takes the square of the time. */
    private static final int LONGEST = 10_000;

    static final int LONGEST_KEY = 1000;

    private final JsonParser parser;
    private final int[] codePoints;
    private final Place start;
    private final Problems problems;

    private NodeReader(JsonParser parser, String text, Place start, Problems problems) {
        this.parser = parser;
        this.codePoints = text.codePoints().toArray();
        this.start = start;
        this.problems = problems;
    }

    /**
     * @param start place of the text's first character
     * @return empty if the text holds no value
     * @throws SweepErrors if it is not YAML
     */
    static Optional<Node> read(String text, Place start, Problems problems) {
        try (JsonParser parser = new YAMLFactory().createParser(new StringReader(text))) {
            return new NodeReader(parser, text, start, problems).document();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private Optional<Node> document() throws IOException {
        try {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            Node root = value(0);
            if (parser.nextToken() != null) {
                problems.error(place(), "a second document: a sweep file holds one");
            }
            return Optional.of(root);
        } catch (JsonProcessingException e) {
            problems.error(placeOf(e), "not YAML: " + reason(e));
            problems.check();
            throw e;
        }
    }

    private Node value(int depth) throws IOException {
        Place place = place();
        refuseProperties(place);
        if (depth > MAX_DEPTH) {
            problems.error(place, "nested more than " + MAX_DEPTH + " deep");
            problems.check();
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return new Node.Mapping(place, members(depth));
        }
        if (token == JsonToken.START_ARRAY) {
            List<Node> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(depth + 1));
            }
            return new Node.Sequence(place, items);
        }
        return new Node.Scalar(place, printable(place, parser.getText(), LONGEST), isQuoted());
    }

    /** What an escape stands for must be no control character either, for some of them command terminals. */
    private String printable(Place place, String text, int longest) {
        if (text.length() > longest) {
            problems.spoil(place, text.length() + " characters: must be at most " + longest);
            return text.substring(0, longest);
        }
        text.chars().filter(Source::isRefused).findFirst().ifPresent(c -> problems.spoil(place, Source.refusal(c)));
        return text;
    }

    private Map<String, Node.Member> members(int depth) throws IOException {
        Map<String, Node.Member> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Place place = place();
            refuseProperties(place);
            String key = printable(place, parser.currentName(), LONGEST_KEY);
            parser.nextToken();
            Node value = below(place, value(depth + 1));
            Node.Member first = members.putIfAbsent(key, new Node.Member(place, key, value));
            if (first != null) {
                problems.spoil(place, "duplicate key '" + key + "', first at " + first.place());
            }
        }
        return members;
    }

    /** A map or list in the lines below its key is found by its key: its own first line is that of one of its parts. */
    private static Node below(Place key, Node value) {
        if (value.place().line() == key.line()) {
            return value;
        }
        if (value instanceof Node.Mapping map) {
            return new Node.Mapping(key, map.members());
        }
        return value instanceof Node.Sequence list ? new Node.Sequence(key, list.items()) : value;
    }

    private void refuseProperties(Place place) {
        switch (firstCharacter()) {
            case '&' -> problems.spoil(place, "an anchor: write the value out where it is used");
            case '*' -> problems.spoil(place, "an alias: write the value out where it is used");
            case '!' -> problems.spoil(place, "a tag: types follow from the keys");
            default -> {
                // a plain value, a quote or a bracket
            }
        }
    }

    private boolean isQuoted() {
        int first = firstCharacter();
        return first == '"' || first == '\'' || first == '|' || first == '>';
    }

    private int firstCharacter() {
        long offset = parser.currentTokenLocation().getCharOffset();
        boolean empty = parser.currentToken() == JsonToken.VALUE_NULL || offset >= codePoints.length;
        return empty ? ' ' : codePoints[(int) offset];
    }

    private Place place() {
        JsonLocation location = parser.currentTokenLocation();
        return place(location.getLineNr(), location.getColumnNr());
    }

    private Place place(int line, int column) {
        return start.of(line, column);
    }

    @SuppressWarnings("deprecation") // the only form in which this parser tells where and why
    private Place placeOf(JsonProcessingException error) {
        if (error instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            Mark mark = marked.getProblemMark();
            return place(mark.getLine() + 1, mark.getColumn() + 1);
        }
        JsonLocation location = error.getLocation();
        return location == null ? start : place(location.getLineNr(), location.getColumnNr());
    }

    @SuppressWarnings("deprecation") // the only form in which this parser tells where and why
    private static String reason(JsonProcessingException error) {
        if (error instanceof MarkedYAMLException marked) {
            String context = marked.getContext();
            String reason = context == null ? marked.getProblem() : marked.getProblem() + " " + context;
            return reason.replaceAll("\\s+", " ").strip();
        }
        if (error.getOriginalMessage().startsWith("Expected a field name")) {
            return "a key must be a plain name";
        }
        return error.getOriginalMessage().lines().findFirst().orElse("");
    }
}
