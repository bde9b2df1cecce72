package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bundled sweeps, run as a user runs them, come to the conclusions that they are bundled for. */
@Tag("long")
class BundledSweepsTest {
    @TempDir
    Path folder;

    private List<NamedCsvRecord> run(String file, String... arguments) throws IOException {
        CommandLine line = Bptt.commandLine();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(err, true));
        String[] common = {"run", "--out", folder.toString()};
        String[] all = Stream.concat(Stream.of(common), Stream.of(arguments)).toArray(String[]::new);
        assertThat(line.execute(all)).as(err.toString()).isZero();
        return rows(file);
    }

    private List<NamedCsvRecord> rows(String file) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(folder.resolve(file))) {
            return reader.stream().toList();
        }
    }

    private static Stream<NamedCsvRecord> of(List<NamedCsvRecord> rows, String estimator) {
        return rows.stream().filter(row -> row.getField("estimator.type").equals(estimator));
    }

    @Test
    void quickstartShowsTheBiasOfTruncation() throws IOException {
        List<NamedCsvRecord> bias = run("bias.csv", "quickstart");
        assertThat(bias).hasSize(28).noneMatch(row -> row.getField("reason").equals("zero-gradient"));
        assertThat(of(bias, "full"))
                .hasSize(4)
                .allMatch(row -> row.getField("relative_bias").equals("0.0"));
        assertThat(of(bias, "tbptt"))
                .hasSize(8)
                .allMatch(row -> row.getField("verdict").equals("biased"));
        // The control's bias stands out of its noise by far; ARTBP's does not.
        assertThat(of(bias, "uncompensated")).hasSize(8).allMatch(row -> number(row, "relative_bias") > 0.05);
        assertThat(of(bias, "artbp")).hasSize(8).allMatch(row -> number(row, "relative_bias") < 0.05);
    }

    @Test
    void influenceBalancingComesOutAsInThePaper() throws IOException {
        List<NamedCsvRecord> accuracy = run("accuracy.csv", "influence-balancing");
        List<NamedCsvRecord> error = accuracy.stream()
                .filter(row -> row.getField("metric").equals("theta_error"))
                .toList();
        assertThat(of(error, "full")).allMatch(row -> number(row, "median") < 1e-3);
        assertThat(of(error, "tbptt")
                        .filter(row -> row.getField("estimator.length").equals("200")))
                .hasSize(1)
                .allMatch(row -> number(row, "median") < 1e-3);
        assertThat(of(error, "tbptt")
                        .filter(row -> !row.getField("estimator.length").equals("200")))
                .hasSize(2)
                .allMatch(row -> row.getField("diverged").equals("10") || number(row, "median") > 1);
        List<NamedCsvRecord> ends = rows("curves.csv").stream()
                .filter(row -> row.getField("metric").equals("theta_error"))
                .filter(row -> row.getField("step").equals("1000000"))
                .toList();
        // Two laws, ten replicates: every one of them.
        assertThat(of(ends, "artbp")).hasSize(20).allMatch(row -> number(row, "value") < 1e-3);
    }

    @Test
    void textIsLearntUnderTruncation() throws IOException {
        List<NamedCsvRecord> accuracy = run("accuracy.csv", "quickstart-text", "replicates=1", "train.steps=20000");
        double bigram = 3.528; // of this text's test part, as the run prints it
        assertThat(accuracy.stream().filter(row -> row.getField("metric").equals("test.bpc")))
                .hasSize(3)
                .filteredOn(row -> !row.getField("estimator.type").equals("full"))
                .allMatch(row -> number(row, "mean") < bigram - 0.2);
    }

    /** Solved as the papers have it, where the gradient is whole and where only its mean is. */
    @Test
    void memoryIsLearntWithAPathToItHoweverNoisy() throws IOException {
        List<NamedCsvRecord> accuracy = run("accuracy.csv", "memory-tasks", "replicates=1");
        for (String law : List.of("", "polynomial")) {
            List<NamedCsvRecord> arm = accuracy.stream()
                    .filter(row -> row.getField("estimator.law.type").equals(law))
                    .filter(row -> !row.getField("estimator.type").matches("tbptt|uncompensated"))
                    .toList();
            assertThat(of(arm, "adding", "test.mse")).hasSize(1).allMatch(row -> number(row, "mean") < 0.01);
            assertThat(of(arm, "temporal-order", "test.error_rate"))
                    .hasSize(1)
                    .allMatch(row -> number(row, "mean") < 0.01);
        }
    }

    private static Stream<NamedCsvRecord> of(List<NamedCsvRecord> rows, String task, String metric) {
        return rows.stream()
                .filter(row -> row.getField("task.type").equals(task))
                .filter(row -> row.getField("metric").equals(metric));
    }

    private static double number(NamedCsvRecord row, String column) {
        return Double.parseDouble(row.getField(column));
    }
}
