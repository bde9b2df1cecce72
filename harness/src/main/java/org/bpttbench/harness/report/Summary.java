package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.List;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.stats.AccuracyResult;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.SettingRuns;

/** What a sweep came to, for the terminal: bias, metrics, and one sentence that answers. */
public final class Summary {
    private static final int MOST_LINES = 40;
    private static final int FEWEST_ROWS = 4;

    private Summary() {}

    /**
     * Lines without an end after the last; at most about 40 of them.
     *
     * @param width columns of the terminal
     */
    public static String text(Results results, int width) {
        Sweep sweep = results.sweep();
        List<SettingRuns> settings = results.settings();
        List<BiasResult> bias = results.bias();
        List<AccuracyResult> accuracy = results.accuracy();
        Labels labels = new Labels(sweep);
        Grouping grouping = Grouping.of(labels, sweep.settings());
        List<Part> parts = new ArrayList<>();
        if (!bias.isEmpty()) {
            List<String> title = Words.wrap(BiasTable.title(bias), width);
            parts.add(new Part(title, BiasTable.of(bias, grouping), Table.BIAS, List.of()));
        }
        Decisive.byTask(accuracy).forEach(ofTask -> parts.add(metrics(sweep, settings, ofTask, labels, width)));
        List<String> answer = Words.wrap(results.answer(), width);
        List<String> lines = new ArrayList<>();
        int left = MOST_LINES - answer.size();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            int later = parts.stream().skip(i + 1L).mapToInt(Part::height).sum();
            int share = Math.max(left - later, left / (parts.size() - i));
            List<String> shown = part.render(width, share);
            lines.addAll(shown);
            left -= shown.size();
        }
        lines.addAll(answer);
        return String.join("\n", lines);
    }

    /** The metrics of one task. */
    private static Part metrics(
            Sweep sweep, List<SettingRuns> settings, List<AccuracyResult> results, Labels labels, int width) {
        List<Setting> own =
                results.stream().map(AccuracyResult::setting).distinct().toList();
        List<SettingRuns> runs =
                settings.stream().filter(each -> own.contains(each.setting())).toList();
        List<String> baselines = FinalTable.baselines(runs, results).stream()
                .flatMap(line -> Words.wrap(line, width).stream())
                .toList();
        String decisive = Decisive.metric(sweep, results).orElse("");
        List<String> title = Words.wrap(FinalTable.title(results), width);
        return new Part(title, FinalTable.of(results, Grouping.of(labels, own), decisive), Table.ACCURACY, baselines);
    }

    /** A titled table, what stands below it, and an empty line. */
    private record Part(List<String> title, ArmTable table, Table source, List<String> footer) {

        int height() {
            return table.height(table.rows()) + around();
        }

        private int around() {
            return title.size() + footer.size() + 1;
        }

        /** @param lines that it may take */
        List<String> render(int width, int lines) {
            int rows = table.rows();
            if (height() > lines) {
                int room = lines - around() - 1;
                while (rows > FEWEST_ROWS && table.height(rows) > room) {
                    rows--;
                }
            }
            List<String> text = new ArrayList<>(title);
            text.addAll(table.render(width, rows));
            if (rows < table.rows()) {
                text.add("… " + Words.count(table.rows() - rows, "more row") + " in " + source.file());
            }
            text.addAll(footer);
            text.add("");
            return text;
        }
    }
}
