package org.bpttbench.experiments.run;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.spec.Json;

/**
 * One record as a line: JSON whose last key is {@code "sum"}, eight hexadecimal digits of the CRC-32C (Castagnoli) of the
 * bytes before the comma in front of it. Any one damaged stretch of up to 32 bits is found for certain, whatever else with
 * all but one chance in 2³².
 *
 * @param tree the record without its sum
 * @param summed false for what versions wrote that knew no sums
 */
record JournalLine(Arguments tree, boolean summed) {
    private static final String KEY = ",\"sum\":\"";
    private static final String END = "\"}";
    private static final int DIGITS = 8;
    private static final int TAIL = KEY.length() + DIGITS + END.length();

    /** Far above any record; bounds the memory that a file without line feeds can ask for. */
    static final int LONGEST = 1 << 28;

    /**
     * @param record a tree as {@link Json} has them, not empty and without a {@code sum}
     * @throws IllegalArgumentException if it is something else, or its line longer than a reader takes
     */
    static byte[] write(Map<String, Object> record) {
        return write(record, LONGEST);
    }

    /** @param longest line, in bytes */
    static byte[] write(Map<String, Object> record, int longest) {
        if (record.isEmpty() || record.containsKey("sum")) {
            throw new IllegalArgumentException("a record is not empty and has no sum of its own: " + record);
        }
        String json = Json.write(record);
        String open = json.substring(0, json.length() - 1);
        byte[] bytes = open.getBytes(StandardCharsets.UTF_8);
        long length = (long) bytes.length + TAIL;
        if (length > longest) {
            throw new IllegalArgumentException("a record of " + length + " bytes is longer than " + longest
                    + ", the longest that a journal holds");
        }
        return (open + KEY + sum(bytes, bytes.length) + END + '\n').getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a line without its line feed.
     *
     * @param length how many of the bytes are the line
     * @throws IllegalArgumentException if it is damaged or not a JSON map
     */
    static JournalLine read(byte[] bytes, int length) {
        boolean summed = isSummed(bytes, length);
        if (summed) {
            String written = ascii(bytes, length - END.length() - DIGITS, DIGITS);
            String computed = sum(bytes, length - TAIL);
            if (!written.equals(computed)) {
                throw new IllegalArgumentException(
                        "its checksum is " + written + ", its content gives " + computed + ": the line is damaged");
            }
        }
        Map<String, Object> tree = map(Json.read(new String(bytes, 0, length, StandardCharsets.UTF_8)));
        if (!summed && tree.containsKey("sum")) {
            throw new IllegalArgumentException("its checksum is not at its end: the line is damaged");
        }
        tree.remove("sum");
        return new JournalLine(new Arguments(tree), summed);
    }

    private static boolean isSummed(byte[] bytes, int length) {
        return length > TAIL
                && ascii(bytes, length - TAIL, KEY.length()).equals(KEY)
                && ascii(bytes, length - END.length(), END.length()).equals(END);
    }

    private static String ascii(byte[] bytes, int from, int count) {
        return new String(bytes, from, count, StandardCharsets.ISO_8859_1);
    }

    private static String sum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    @SuppressWarnings("unchecked") // JSON maps have text keys
    private static Map<String, Object> map(Object json) {
        if (!(json instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("the line is not a map");
        }
        return new LinkedHashMap<>((Map<String, Object>) map);
    }
}
