package org.bpttbench.experiments.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.spec.Json;

/** Reads what a {@link JournalWriter} wrote. */
public final class JournalLines {
    private JournalLines() {}

    /**
     * Hands on every record of a file, in order.
     *
     * @param reader throws IllegalArgumentException for a record that it cannot read
     * @return false if the last line lacks its end: it was torn by a crash and is not handed on
     * @throws IOException with the place, if any other line cannot be read
     */
    public static boolean read(Path file, Consumer<Arguments> reader) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        int line = 1;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            try {
                reader.accept(record(text.substring(start, end)));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ":" + line + ": not a journal record: " + e.getMessage(), e);
            }
            start = end + 1;
            line++;
        }
        return start == text.length();
    }

    @SuppressWarnings("unchecked") // JSON maps have text keys
    private static Arguments record(String line) {
        if (!(Json.read(line) instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("the line is not a map");
        }
        return new Arguments((Map<String, ?>) map);
    }
}
