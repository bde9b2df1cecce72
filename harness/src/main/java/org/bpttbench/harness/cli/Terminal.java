package org.bpttbench.harness.cli;

import java.util.Map;
import org.bpttbench.harness.figure.Characters;

/** What is known of the terminal. */
final class Terminal {
    private static final int USUAL = 80;
    private static final int NARROWEST = 40;
    private static final String COLUMNS = "COLUMNS";

    /** Set by the launcher if standard error is a terminal, to the columns that it has. */
    private static final String ERR_COLUMNS = "BPTT_ERR_COLUMNS";

    private Terminal() {}

    /**
     * Standard error.
     *
     * @param inPlace whether a line can be drawn over
     * @param width columns
     * @param colour whether colours are shown and wanted
     */
    record Err(boolean inPlace, int width, boolean colour) {}

    /** A text that commands no terminal, whoever wrote what it quotes: other control characters than line breaks are replaced. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .map(point -> Characters.isHarmless(point) && point != '\r' ? point : Characters.REPLACEMENT)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** Columns: what the environment variable COLUMNS says, else 80. */
    static int width() {
        return Math.max(NARROWEST, columns(System.getenv().getOrDefault(COLUMNS, ""), USUAL));
    }

    /** Standard error of this process. */
    static Err err() {
        return err(System.getenv());
    }

    /** A terminal that cannot draw over a line is as good as a file; NO_COLOR counts unless it is empty. */
    static Err err(Map<String, String> environment) {
        String told = environment.getOrDefault(ERR_COLUMNS, "");
        String kind = environment.getOrDefault("TERM", "");
        boolean inPlace = !told.isEmpty() && !kind.isEmpty() && !kind.equals("dumb");
        boolean colour = inPlace && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Err(inPlace, columns(told, columns(environment.getOrDefault(COLUMNS, ""), USUAL)), colour);
    }

    private static int columns(String text, int otherwise) {
        return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : otherwise;
    }
}
