package org.bpttbench.harness.cli;

/** What is known of the terminal. */
final class Terminal {
    private static final int USUAL = 80;
    private static final int NARROWEST = 40;

    private Terminal() {}

    /** Columns: what the environment variable COLUMNS says, else 80. */
    static int width() {
        String columns = System.getenv("COLUMNS");
        if (columns == null || !columns.matches("[1-9][0-9]{0,3}")) {
            return USUAL;
        }
        return Math.max(NARROWEST, Integer.parseInt(columns));
    }
}
