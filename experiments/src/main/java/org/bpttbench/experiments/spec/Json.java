package org.bpttbench.experiments.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON of plain trees: {@link Map} with text keys, {@link List}, {@link String}, {@link Boolean}, {@link Long} (or
 * {@link Integer}) and finite {@link Double}. A number with a fraction or an exponent is a {@code Double}, every other a
 * {@code Long}, and both come back as they went. There is no null.
 */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /**
     * One line, keys in the order of the maps.
     *
     * @throws IllegalArgumentException for anything that is not such a tree, numbers that are not finite among it
     */
    public static String write(Object tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            write(tree, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    /** Many lines, indented by two blanks at each depth, the last one ended: for files that people look at. */
    public static String pretty(Object tree) {
        StringWriter text = new StringWriter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(lines)
                .withSeparators(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEntrySpacing(Separators.Spacing.NONE)
                        .withArrayValueSpacing(Separators.Spacing.NONE));
        try (JsonGenerator out = FACTORY.createGenerator(text).setPrettyPrinter(printer)) {
            write(tree, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.append("\n").toString();
    }

    /** The form that is hashed: one line, keys sorted by their UTF-16 code units at every depth. */
    public static String canonical(Object tree) {
        return write(sorted(tree));
    }

    /** The first hexadecimal digits, at most 64, of the SHA-256 of a tree's canonical form in UTF-8. */
    public static String digest(Object tree, int digits) {
        return hash(canonical(tree), digits);
    }

    /** The first hexadecimal digits, at most 64, of the SHA-256 of a text in UTF-8. */
    public static String hash(String text, int digits) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, digits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * @param text one JSON value and nothing after it
     * @throws IllegalArgumentException if it is not: torn, with a key twice, with null or a number out of range
     */
    public static Object read(String text) {
        try (JsonParser in = FACTORY.createParser(text)) {
            in.nextToken();
            Object tree = value(in);
            if (in.nextToken() != null) {
                throw refused(in, "something after the end");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + reason(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** Without the parser's remarks on itself. */
    private static String reason(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return e.getOriginalMessage().replaceAll(",? from `[^`]*`", "")
                + (location == null ? "" : " at column " + location.getColumnNr());
    }

    private static Object sorted(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Json::sorted).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new TreeMap<>();
            map.forEach((key, below) -> copy.put(name(key), sorted(below)));
            return copy;
        }
        return value;
    }

    private static void write(Object value, JsonGenerator out) throws IOException {
        if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Long || value instanceof Integer) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number && Double.isFinite(number)) {
            out.writeNumber(Decimals.shortest(number));
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object item : list) {
                write(item, out);
            }
            out.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.writeFieldName(name(member.getKey()));
                write(member.getValue(), out);
            }
            out.writeEndObject();
        } else {
            throw new IllegalArgumentException("JSON of these trees has no place for " + value);
        }
    }

    private static String name(Object key) {
        if (key instanceof String name) {
            return name;
        }
        throw new IllegalArgumentException("a key of JSON is text, not " + key);
    }

    private static Object value(JsonParser in) throws IOException {
        JsonToken token = in.currentToken();
        if (token == null) {
            throw refused(in, "nothing");
        }
        return switch (token) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> in.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_NUMBER_FLOAT -> finite(in);
            default -> throw refused(in, in.getText());
        };
    }

    private static Map<String, Object> object(JsonParser in) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            in.nextToken();
            map.put(key, value(in));
        }
        return map;
    }

    private static List<Object> array(JsonParser in) throws IOException {
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(in));
        }
        return list;
    }

    private static Double finite(JsonParser in) throws IOException {
        double number = in.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw refused(in, in.getText());
        }
        return number;
    }

    private static IllegalArgumentException refused(JsonParser in, String what) {
        int column = in.currentTokenLocation().getColumnNr();
        return new IllegalArgumentException("not JSON of these trees: " + what + " at column " + column);
    }
}
