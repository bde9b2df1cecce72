package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.harness.inference.Holm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Looking again at more draws or replicates: told, paid for, and the same however the runs came about. */
class LooksCommandTest {
    private static final List<String> CSV =
            List.of("bias.csv", "bias_pairs.csv", "accuracy.csv", "curves.csv", "runs.csv");

    /** The second arm's tail is unseen in 200 draws and seen in 400, at the second checkpoint. */
    private static final String SWEEP = """
            name: looked
            seed: 1
            replicates: 6
            task: {type: influence-balancing, units: 5, positive: 2}
            init: {type: constant, value: 0.5}
            train: {steps: 100, sequence: 50, optimizer: {type: sgd, rate: 1.0e-3}}
            measure:
              accuracy: {every: 50}
              bias: {at: [0, end], length: 8, draws: 200}
            grid: {estimator: [full, {type: artbp, mean: 6}, {type: artbp, mean: 2}, {type: uncompensated, mean: 6}]}
            reference: {estimator.type: full}
            """;

    private static final String MORE = "measure.bias.draws=400";

    @TempDir
    Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("looked.yaml"), SWEEP);
    }

    /** The same with fewer replicates, and without an estimator. */
    private void write(String left) throws IOException {
        Files.writeString(
                folder.resolve("looked.yaml"),
                SWEEP.replace("replicates: 6", "replicates: 2").replace(left, ""));
    }

    private void bptt(Object... arguments) {
        CommandLine line = Bptt.commandLine();
        out = new StringWriter();
        err = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        int code = line.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        assertThat(code).as(() -> err.toString()).isZero();
    }

    private Path run(String results, Object... more) {
        List<Object> arguments = new ArrayList<>(
                List.of("run", folder.resolve("looked.yaml"), "--jobs", 2, "--out", folder.resolve(results)));
        arguments.addAll(List.of(more));
        bptt(arguments.toArray());
        return folder.resolve(results);
    }

    private Path shards(String results, boolean apart, Object... more) {
        for (int index = 1; index <= 2; index++) {
            List<Object> arguments = new ArrayList<>(List.of(more));
            arguments.addAll(List.of("--shard", index + "/2"));
            run(apart ? results + index : results, arguments.toArray());
        }
        if (apart) {
            bptt("merge", folder.resolve(results), folder.resolve(results + 1), folder.resolve(results + 2));
        }
        return folder.resolve(results);
    }

    private static Map<String, String> tables(Path results) throws IOException {
        Map<String, String> tables = new TreeMap<>();
        for (String name : CSV) {
            tables.put(name, Files.readString(results.resolve(name)));
        }
        return tables;
    }

    private static Map<String, String> journal(Path results) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(results.resolve("journal"))) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static List<NamedCsvRecord> rows(Path results, String table) throws IOException {
        return CsvReader.builder().ofNamedCsvRecord(results.resolve(table)).stream()
                .toList();
    }

    /** Estimator and mean, checkpoint, and what a column has there. */
    private static List<String> column(Path results, String name) throws IOException {
        return rows(results, "bias.csv").stream()
                .map(row -> String.join(
                        " ",
                        row.getField("estimator.type"),
                        row.getField("estimator.mean"),
                        row.getField("at"),
                        row.getField(name)))
                .toList();
    }

    /** As if the process had been killed before its last line: what a file has of it is torn away. */
    private static void tearLastLine(Path file) throws IOException {
        String text = Files.readString(file);
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        Files.writeString(file, text.substring(0, last + (text.length() - last) / 2));
    }

    /** p_holm of the rows of a table with a test, from their p_value and the payment. A guarded row is in the family with 1. */
    private static void assertPaid(List<NamedCsvRecord> rows, double... shares) {
        List<NamedCsvRecord> tested =
                rows.stream().filter(row -> !row.getField("p_value").isEmpty()).toList();
        DoubleStream paid = tested.stream()
                .mapToDouble(row -> Math.min(
                        1,
                        Double.parseDouble(row.getField("p_value"))
                                / shares[Integer.parseInt(row.getField("look")) - 1]));
        DoubleStream guarded = rows.stream()
                .filter(row -> row.getHeader().contains("reason")
                        && row.getField("reason").equals("tail"))
                .mapToDouble(row -> 1);
        double[] adjusted = Holm.adjust(DoubleStream.concat(paid, guarded).toArray());
        assertThat(tested).hasSizeGreaterThan(2);
        for (int i = 0; i < tested.size(); i++) {
            assertThat(Double.parseDouble(tested.get(i).getField("p_holm"))).isCloseTo(adjusted[i], within(1e-12));
        }
    }

    @Test
    void aSecondLookIsToldAndPaidFor() throws IOException {
        Path results = run("plain");
        assertThat(column(results, "look"))
                .containsExactly(
                        "full  0 ",
                        "full  100 ",
                        "artbp 6.0 0 1",
                        "artbp 6.0 100 1",
                        "artbp 2.0 0 1",
                        "artbp 2.0 100 1",
                        "uncompensated 6.0 0 1",
                        "uncompensated 6.0 100 1");
        assertThat(column(results, "reason")).contains("artbp 6.0 100 draws", "artbp 2.0 0 tail");
        assertPaid(rows(results, "bias.csv"), 0.8);
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("open (a second look, at more draws, is paid for: its p is multiplied by 10)");
        // The same request is no further look, and leaves nothing behind.
        Map<String, String> before = journal(results);
        Map<String, String> tables = tables(results);
        run("plain");
        assertThat(journal(results)).isEqualTo(before);
        assertThat(tables(results)).isEqualTo(tables);
        run("plain", MORE);
        assertThat(journal(results).toString())
                .contains("\"draws\":200,\"replicates\":6", "\"draws\":400,\"replicates\":6");
        // What the guard forbade a p at 200 draws has not been looked at.
        assertThat(column(results, "look"))
                .containsExactly(
                        "full  0 ",
                        "full  100 ",
                        "artbp 6.0 0 2",
                        "artbp 6.0 100 2",
                        "artbp 2.0 0 1",
                        "artbp 2.0 100 2",
                        "uncompensated 6.0 0 2",
                        "uncompensated 6.0 100 2");
        assertPaid(rows(results, "bias.csv"), 0.8, 0.1);
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("open (a third look, at more draws, is paid for: its p is multiplied by 20)");
        // Making fewer again is the first look again, as it was.
        run("plain");
        assertThat(tables(results)).isEqualTo(tables);
        // Draws tell nothing new of what was learned; replicates do.
        run("plain", MORE, "replicates=7");
        assertThat(rows(results, "accuracy.csv"))
                .filteredOn(row -> !row.getField("p_value").isEmpty())
                .hasSize(9)
                .allMatch(row -> row.getField("look").equals("2"))
                .allMatch(row -> row.getField("note").contains("too-few-pairs"));
        for (String metric : List.of("theta", "theta_error", "loss")) {
            assertPaid(
                    rows(results, "accuracy.csv").stream()
                            .filter(row -> row.getField("metric").equals(metric))
                            .toList(),
                    0.8,
                    0.1);
        }
        assertThat(column(results, "look")).contains("artbp 6.0 0 3", "artbp 2.0 0 1", "artbp 2.0 100 3");
    }

    /** Sharded in one folder, sharded and merged, killed: what comes of it is the same, byte for byte. */
    @Test
    void looksDoNotDependOnHowTheRunsCameAbout() throws IOException {
        write("{type: artbp, mean: 2}, ");
        Path plain = run("plain");
        Map<String, String> first = tables(plain);
        Map<String, String> second = tables(run("plain", MORE));
        assertThat(second.get("bias.csv")).isNotEqualTo(first.get("bias.csv"));

        Path shared = shards("shared", false);
        assertThat(tables(shared)).isEqualTo(first);
        assertThat(tables(shards("shared", false, MORE))).isEqualTo(second);

        Path merged = shards("merged", true);
        assertThat(tables(merged)).isEqualTo(first);
        assertThat(Journal.read(merged).requests()).hasSize(1);
        assertThat(tables(run("merged", MORE))).isEqualTo(second);
        // Both folders have both requests.
        bptt("merge", folder.resolve("all"), plain, merged);
        assertThat(Journal.read(folder.resolve("all")).requests()).hasSize(2);
        bptt("run", folder.resolve("looked.yaml"), MORE, "--out", folder.resolve("all"));
        assertThat(tables(folder.resolve("all"))).isEqualTo(second);

        // Killed before the request was on record, then on the way to the second, then by a budget.
        Path killed = run("killed");
        tearLastLine(killed.resolve("journal/worker-0.jsonl"));
        assertThat(Journal.read(killed).requests()).isEmpty();
        run("killed");
        assertThat(tables(killed)).isEqualTo(first);
        run("killed", MORE, "--shard", "1/2");
        assertThat(Journal.read(killed).requests()).hasSize(1);
        run("killed", MORE, "--budget", "10m");
        assertThat(tables(killed)).isEqualTo(second);
    }

    /** Draws that were never looked at as a whole cost nothing. */
    @Test
    void aRequestThatWasStoppedIsNoLook() throws IOException {
        write("");
        Path results = run("stopped", "--shard", "1/2");
        assertThat(Journal.read(results).requests()).isEmpty();
        bptt("report", results);
        assertThat(Journal.read(results).requests()).isEmpty();
        assertThat(rows(results, "accuracy.csv"))
                .isNotEmpty()
                .allMatch(row -> row.getField("note").startsWith("partial"))
                .allMatch(row -> row.getField("p_value").isEmpty())
                .allMatch(row -> row.getField("p_holm").isEmpty())
                .allMatch(row -> row.getField("look").isEmpty())
                .anyMatch(row -> !row.getField("difference").isEmpty());
        assertThat(rows(results, "bias_pairs.csv"))
                .isNotEmpty()
                .allMatch(row -> row.getField("note").startsWith("partial"))
                .allMatch(row -> row.getField("bias_difference_p").isEmpty())
                .allMatch(row -> row.getField("mse_difference_p_holm").isEmpty())
                .anyMatch(row -> !row.getField("bias_difference").isEmpty());
        assertThat(Files.readString(results.resolve("report.html")))
                .contains("4 have not ended: the tables are partial and say nothing of differences");
        run("stopped", MORE);
        assertThat(column(results, "look")).contains("artbp 6.0 0 1", "uncompensated 6.0 100 1");
        assertThat(rows(results, "accuracy.csv"))
                .noneMatch(row -> row.getField("note").contains("partial"));
        assertThat(tables(results)).isEqualTo(tables(run("new", MORE)));
    }
}
