package org.bpttbench.harness.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.Spelling;
import org.bpttbench.harness.report.ColumnGuide;
import org.bpttbench.harness.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bptt explain}: what a column of the CSV files means, how it is computed and what it does not say. */
@Command(
        name = "explain",
        description = {
            "Explain a column of the CSV files: what it means, how it is computed, on what assumptions, and what it does"
                    + " not say. Without COLUMN, list all columns by file.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  bptt explain relative_bias     in every file that has such a column",
            "  bptt explain bias.csv:verdict  in that file; bias.csv.verdict is the same",
            "  bptt explain undecided         a word that a column may hold",
            "  bptt explain bias.csv          the columns of a file",
            "",
            "The text is that of docs/statistics.md, wrapped to the terminal (environment variable COLUMNS)."
        },
        sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
    private static final int MOST_SUGGESTIONS = 4;

    @Parameters(
            arity = "0..1",
            paramLabel = "COLUMN",
            description = "A column, as in relative_bias or bias.csv:relative_bias; a file; or a word that a column may"
                    + " hold, as in undecided.")
    private String asked = "";

    @Option(names = "--json", description = "One JSON line for each column or word.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (asked.isEmpty()) {
            list(Topic.all(), out);
        } else if (Topic.files().contains(asked)) {
            list(
                    Topic.all().stream()
                            .filter(topic -> topic.file().equals(asked))
                            .toList(),
                    out);
        } else {
            explain(out);
        }
        out.flush();
        return ExitCode.FINE;
    }

    private void explain(PrintWriter out) {
        ColumnGuide guide = ColumnGuide.bundled();
        List<Topic> topics = Topic.find(asked);
        List<ColumnGuide.Word> words = guide.words().stream()
                .filter(word -> asked.equals(word.word()) || asked.equals(word.column() + '=' + word.word()))
                .toList();
        if (topics.isEmpty() && words.isEmpty()) {
            throw new UsageException(unknown(guide));
        }
        if (json) {
            topics.forEach(topic -> out.println(Json.write(topic.tree(guide))));
            words.forEach(word -> out.println(Json.write(tree(word))));
            return;
        }
        List<String> lines = new ArrayList<>();
        topics.forEach(topic -> below(lines, topic.lines(guide, Terminal.width())));
        words.forEach(word -> below(lines, lines(word)));
        below(lines, symbols(guide, lines));
        lines.forEach(out::println);
    }

    private static void below(List<String> lines, List<String> added) {
        if (!lines.isEmpty() && !added.isEmpty()) {
            lines.add("");
        }
        lines.addAll(added);
    }

    private static List<String> symbols(ColumnGuide guide, List<String> text) {
        List<String> lines = new ArrayList<>();
        for (String line : guide.symbols(text, Terminal.width() - 2)) {
            if (lines.isEmpty()) {
                lines.add("Symbols");
            }
            lines.add("  " + line);
        }
        return lines;
    }

    private static List<String> lines(ColumnGuide.Word word) {
        List<String> lines = new ArrayList<>();
        lines.add(word.file() + ": " + word.column() + " = " + word.word());
        Words.wrap(word.text(), Terminal.width() - 2).forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static Map<String, Object> tree(ColumnGuide.Word word) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("file", word.file());
        tree.put("column", word.column());
        tree.put("word", word.word());
        tree.put("text", word.text());
        return tree;
    }

    private void list(List<Topic> topics, PrintWriter out) {
        if (json) {
            topics.forEach(topic -> out.println(Json.write(topic.tree())));
            return;
        }
        int width = topics.stream()
                .mapToInt(topic -> topic.column().name().length())
                .max()
                .orElse(0);
        String file = "";
        for (Topic topic : topics) {
            if (!topic.file().equals(file)) {
                out.println((file.isEmpty() ? "" : System.lineSeparator()) + topic.heading());
                file = topic.file();
            }
            String name = topic.column().name();
            String margin = "  " + name + " ".repeat(width - name.length() + 2);
            for (String line : Words.wrap(topic.meaning(), Math.max(Terminal.width() - margin.length(), width))) {
                out.println(margin + line);
                margin = " ".repeat(margin.length());
            }
        }
    }

    private String unknown(ColumnGuide guide) {
        String name = Topic.columnOf(asked);
        List<String> elsewhere = Topic.find(name).stream().map(Topic::file).toList();
        if (!elsewhere.isEmpty()) {
            return "there is no column '" + asked + "'; '" + name + "' is in " + Words.list(elsewhere);
        }
        String all = "'bptt explain' lists all columns";
        List<String> near = near(name, guide);
        int last = near.size() - 1;
        return switch (near.size()) {
            case 0 -> "there is no column '" + asked + "'; " + all;
            case 1 -> "there is no column '" + asked + "'; did you mean " + near.get(0) + "? " + all;
            default ->
                "there is no column '" + asked + "'; did you mean " + String.join(", ", near.subList(0, last)) + " or "
                        + near.get(last) + "? " + all;
        };
    }

    /** The names that were probably meant: those spelled alike, then those that contain what was asked. */
    private static List<String> near(String name, ColumnGuide guide) {
        Set<String> known = new LinkedHashSet<>(Topic.files());
        Topic.all().forEach(topic -> known.add(topic.column().name()));
        guide.words().forEach(word -> known.add(word.word()));
        return Stream.concat(Spelling.near(name, known).stream(), known.stream().filter(each -> each.contains(name)))
                .distinct()
                .limit(MOST_SUGGESTIONS)
                .toList();
    }
}
