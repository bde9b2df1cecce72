package org.bpttbench.harness.cli;

/** Words that can be given to a shell. */
final class Shell {
    private Shell() {}

    /** A word as it has to be written to be taken as one. */
    static String quoted(String word) {
        return word.matches("[\\w./=,:@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
