package org.bpttbench.harness.cli;

import java.io.Closeable;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Standard error while runs are being made: whole lines, and on a terminal one below them that is drawn over and over. That
 * one is taken away before any other is printed and at the end, whatever ends the process. Thread-safe.
 */
final class Screen implements Closeable {
    /** Back to the first column; and no more than a line, should the terminal have become narrower: a second could not be cleared. */
    private static final String BEGIN = "\r\033[?7l";

    private static final String END = "\033[K\033[?7h";
    private static final String CLEAR = "\r\033[K";

    private final PrintWriter err;
    private final Terminal.Err terminal;
    private final Thread atExit = new Thread(this::freeze, "clear-progress");
    private @Nullable String drawn;
    private boolean frozen;

    Screen(PrintWriter err, Terminal.Err terminal) {
        this.err = err;
        this.terminal = terminal;
        if (terminal.inPlace()) {
            Runtime.getRuntime().addShutdownHook(atExit);
        }
    }

    /** What kind of terminal it is. */
    Terminal.Err terminal() {
        return terminal;
    }

    /** Prints a whole line; the one that is drawn comes back when it is drawn next. */
    synchronized void say(String line) {
        clear();
        err.println(Terminal.plain(line));
        err.flush();
    }

    /** Draws a line in place of the one drawn before. Nothing once frozen, or where nothing can be drawn. */
    synchronized void draw(String line) {
        if (terminal.inPlace() && !frozen && !line.equals(drawn)) {
            err.print(BEGIN + line + END);
            err.flush();
            drawn = line;
        }
    }

    private void clear() {
        if (drawn != null) {
            err.print(CLEAR);
            err.flush();
            drawn = null;
        }
    }

    /** Takes the drawn line away for good. */
    synchronized void freeze() {
        clear();
        frozen = true;
    }

    @Override
    public void close() {
        freeze();
        if (terminal.inPlace()) {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // It is running.
            }
        }
    }
}
