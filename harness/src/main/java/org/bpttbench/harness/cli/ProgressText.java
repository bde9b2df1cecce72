package org.bpttbench.harness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.harness.cli.SweepProgress.Running;
import org.bpttbench.harness.cli.SweepProgress.State;
import org.bpttbench.harness.report.Words;

/** The state of a sweep in words: in a line of a terminal, or in one of a log. */
final class ProgressText {
    private static final int SHORTEST_BAR = 10;
    private static final int LONGEST_BAR = 30;
    private static final int SHORTEST_LABEL = 10;
    private static final String BETWEEN = " | ";
    private static final String RED = "\033[31m";
    private static final String PLAIN = "\033[0m";

    private ProgressText() {}

    /**
     * As much as fits into a line of a terminal, the last column left free; the most important first to come and last to go.
     *
     * @param labels of settings
     * @param width columns
     * @param colour whether runs that failed are shown in red
     */
    static String bar(State state, Function<Setting, String> labels, int width, boolean colour) {
        int room = width - 1;
        String counts = counts(state);
        String line = percent(state) + ' ' + counts;
        if (line.length() > room) {
            String shorter = percent(state) + ' ' + state.ended() + '/' + state.total();
            return shorter.substring(0, Math.max(0, Math.min(room, shorter.length())));
        }
        String times = BETWEEN + times(state);
        line += line.length() + times.length() <= room ? times : "";
        int bar = Math.min(LONGEST_BAR, Math.max(SHORTEST_BAR, room / 8));
        if (line.length() + bar + 3 <= room) {
            line = percent(state)
                    + ' '
                    + drawn(state.share(), bar)
                    + line.substring(percent(state).length());
        }
        line += running(state.running(), labels, room - line.length());
        return colour ? coloured(line, state) : line;
    }

    /** Rounded down, and never 100 before the end. */
    private static String percent(State state) {
        int percent = Math.min(state.ended() < state.total() ? 99 : 100, (int) (100 * state.share()));
        return String.format(Locale.ROOT, "%3d%%", percent);
    }

    private static String counts(State state) {
        StringBuilder text = new StringBuilder(state.ended() + "/" + Words.count(state.total(), "run"));
        troubles(state).forEach(trouble -> text.append(", ").append(trouble));
        return text.toString();
    }

    private static List<String> troubles(State state) {
        List<String> troubles = new ArrayList<>();
        for (Outcome outcome : List.of(Outcome.DIVERGED, Outcome.FAILED, Outcome.TIMED_OUT)) {
            if (state.count(outcome) > 0) {
                troubles.add(state.count(outcome) + " " + outcome.key().replace('-', ' '));
            }
        }
        return troubles;
    }

    private static String times(State state) {
        String left = state.left().isPresent() ? ", " + time(state.left().getAsDouble()) + " left" : "";
        return time(state.elapsed()) + left;
    }

    /** In whole seconds: what is drawn four times a second must not flicker. */
    private static String time(double seconds) {
        return seconds < 10 ? Math.max(1, (long) seconds) + "s" : Durations.words(seconds);
    }

    private static String drawn(double share, int width) {
        int filled = Math.min(width - 1, (int) (share * width));
        return '[' + "=".repeat(filled) + '>' + " ".repeat(width - 1 - filled) + ']';
    }

    /** What is on its way, as many as fit, and how many more. */
    private static String running(List<Running> running, Function<Setting, String> labels, int room) {
        if (running.isEmpty() || room < BETWEEN.length() + SHORTEST_LABEL) {
            return "";
        }
        String best = "";
        for (int shown = 1; shown <= running.size(); shown++) {
            List<String> items = running.stream()
                    .limit(shown)
                    .map(run -> shortly(run, labels))
                    .toList();
            int more = running.size() - shown;
            String text = BETWEEN + String.join(", ", items) + (more == 0 ? "" : ", +" + more);
            best = shown == 1 || text.length() <= room ? text : best;
        }
        return best.length() <= room ? best : best.substring(0, room - 2) + "..";
    }

    private static String shortly(Running run, Function<Setting, String> labels) {
        String label = printable(labels.apply(run.spec().setting())) + " #"
                + run.spec().replicate();
        int percent = (int) (100 * run.share());
        return percent == 0 ? label : label + ' ' + percent + '%';
    }

    private static String coloured(String line, State state) {
        String text = line;
        for (String trouble : troubles(state)) {
            if (!trouble.endsWith(Outcome.DIVERGED.key())) {
                int at = text.indexOf(", " + trouble) + 2;
                text = at < 2
                        ? text
                        : text.substring(0, at) + RED + trouble + PLAIN + text.substring(at + trouble.length());
            }
        }
        return text;
    }

    /** The same for a file, without a limit: {@code 25/60 runs, 1 failed, 42% in 3m 20s, about 4m 40s left; now …}. */
    static String line(State state, Function<Setting, String> labels) {
        String left = state.left().isPresent() ? ", about " + time(state.left().getAsDouble()) + " left" : "";
        String now = Words.list(state.running().stream()
                .map(run -> label(run, labels) + where(run))
                .toList());
        return counts(state) + ", " + percent(state).strip() + " in " + time(state.elapsed()) + left
                + (now.isEmpty() ? "" : "; now " + now);
    }

    /** {@code tbptt length=5, replicate 2}. */
    private static String label(Running run, Function<Setting, String> labels) {
        return RunWords.what(run.spec(), labels);
    }

    private static String where(Running run) {
        return run.end() == 0 ? "" : " at step " + run.step() + " of " + run.end();
    }

    /** When all is over. */
    static String end(State state) {
        return counts(state) + " in " + time(state.elapsed());
    }

    /** In one line, without characters that move the cursor. */
    static String printable(String text) {
        return Terminal.plain(text.replaceAll("\\s+", " "));
    }
}
