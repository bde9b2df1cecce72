package org.bpttbench.harness.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bpttbench.experiments.run.RunCosts.Basis;
import org.bpttbench.experiments.run.RunMemory;
import org.bpttbench.experiments.spec.Finite;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.harness.report.Words;

/** What {@code bptt plan} shows: a line a setting, and what there is to do in all. */
final class PlanTable {
    /**
     * One setting.
     *
     * @param runs that it has
     * @param done of them
     * @param seconds that one is expected to take
     * @param basis what that rests on
     * @param bytes that one takes at most
     * @param draws of each measurement, 0 without any
     * @param measurements of a run
     * @param cells the draws in words
     */
    record Row(
            String setting,
            String label,
            int runs,
            int done,
            double seconds,
            Basis basis,
            double bytes,
            int draws,
            int measurements,
            PlannedDraws.Cells cells) {

        int left() {
            return runs - done;
        }

        boolean timed() {
            return basis != Basis.GUESS;
        }

        private String time() {
            return switch (basis) {
                case RUNS -> Durations.words(seconds);
                case TRIAL, OTHERS -> '~' + Durations.words(seconds);
                case GUESS -> "?";
            };
        }

        private double drawsLeft() {
            return (double) left() * measurements * draws;
        }
    }

    private final List<Row> rows = new ArrayList<>();

    void add(Row row) {
        rows.add(row);
    }

    int done() {
        return rows.stream().mapToInt(Row::done).sum();
    }

    String text(int width) {
        TextTable table = new TextTable("setting", "done", "time", "memory", "draws", "needed", "what");
        rows.forEach(row -> table.row(
                row.setting,
                row.done + "/" + row.runs,
                row.time(),
                Bytes.words(row.bytes),
                row.cells.made(),
                row.cells.needed(),
                row.label));
        return table.text(width);
    }

    /** What the columns mean that this table adds. */
    String note() {
        String time = rows.stream().anyMatch(row -> row.basis == Basis.TRIAL || row.basis == Basis.OTHERS)
                ? "time: of a run; ~ is predicted, the others are means of runs that are done."
                : "time: of a run, the mean of those that are done; ? where nothing tells.";
        return time + "\nmemory: of a run at its peak, an upper limit.\n";
    }

    /** What there is to do, a fact a line. */
    List<String> totals(RunMemory.Fit fit) {
        List<String> lines = new ArrayList<>();
        int left = rows.stream().mapToInt(Row::left).sum();
        if (left == 0) {
            return lines;
        }
        lines.add("left to make: " + Words.count(left, "run") + time(fit));
        double draws = rows.stream().mapToDouble(Row::drawsLeft).sum();
        if (draws > 0) {
            lines.add(String.format(Locale.ROOT, "draws: up to %,.0f in all", draws));
        }
        lines.add(
                fit.jobs() < fit.wanted()
                        ? "memory: " + MemoryWords.tooMuch(fit) + ": 'run' makes " + fit.jobs() + " at a time"
                        : "memory: up to " + Bytes.words(fit.bytes()) + " with " + fit.wanted()
                                + " at a time; the Java heap has " + Bytes.words((double) fit.heap()));
        return lines;
    }

    private String time(RunMemory.Fit fit) {
        if (rows.stream().anyMatch(row -> row.left() > 0 && !row.timed())) {
            return "; how long that takes is not known (--calibrate 20s tries)";
        }
        String one = ", about " + Durations.words(seconds());
        return fit.jobs() == 1
                ? one
                : one + " of work, " + Durations.words(together(fit.jobs())) + " with " + fit.jobs() + " at a time";
    }

    /** One run after another. */
    private double seconds() {
        return rows.stream().mapToDouble(row -> row.left() * row.seconds).sum();
    }

    /** No less than the longest run. */
    private double together(int jobs) {
        double longest = rows.stream()
                .filter(row -> row.left() > 0)
                .mapToDouble(Row::seconds)
                .max()
                .orElse(0);
        return Math.max(longest, seconds() / jobs);
    }

    /** One JSON line for each setting, and one for all that is left to do. */
    List<String> json(RunMemory.Fit fit) {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("kind", "setting");
            tree.put("setting", row.setting);
            tree.put("label", row.label);
            tree.put("runs", row.runs);
            tree.put("done", row.done);
            if (row.timed()) {
                Finite.put(tree, "seconds", row.seconds);
                tree.put("seconds_from", row.basis == Basis.RUNS ? "runs" : "prediction");
            }
            tree.put("bytes", row.bytes);
            tree.put("measurements", row.measurements);
            tree.put("draws", row.cells.made());
            tree.put("draws_needed", row.cells.needed());
            lines.add(Json.write(tree));
        }
        Map<String, Object> total = new LinkedHashMap<>();
        total.put("kind", "left");
        total.put("runs", rows.stream().mapToInt(Row::left).sum());
        if (rows.stream().allMatch(row -> row.left() == 0 || row.timed())) {
            total.put("seconds_of_work", seconds());
            total.put("seconds", together(fit.jobs()));
        }
        total.put("jobs", fit.jobs());
        total.put("bytes", fit.bytes());
        total.put("heap_bytes", fit.heap());
        total.put("draws", rows.stream().mapToDouble(Row::drawsLeft).sum());
        lines.add(Json.write(total));
        return lines;
    }
}
