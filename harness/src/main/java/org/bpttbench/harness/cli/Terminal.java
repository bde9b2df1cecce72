package org.bpttbench.harness.cli;

import org.bpttbench.harness.figure.Characters;

/** What is known of the terminal. */
final class Terminal {
    private static final int USUAL = 80;
    private static final int NARROWEST = 40;

    private Terminal() {}

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
        String columns = System.getenv("COLUMNS");
        if (columns == null || !columns.matches("[1-9][0-9]{0,3}")) {
            return USUAL;
        }
        return Math.max(NARROWEST, Integer.parseInt(columns));
    }
}
