package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.harness.report.InventedJournal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user of {@code bptt compare} sees: exit codes, messages, files. */
class CompareCommandTest {
    private static final String SWEEP = """
            name: compared
            seed: 1
            replicates: 8
            task: {type: influence-balancing, units: 23, positive: 10}
            train: {steps: 100, sequence: 50, optimizer: {type: sgd, rate: 0.1}}
            measure: {accuracy: {every: 100}}
            grid:
              estimator: [full, {type: tbptt, length: [5, 10]}, {type: artbp, mean: [5, 10]}]
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void folders() throws IOException {
        results("before", SWEEP, run -> 1 + 0.1 * run.replicate());
        results("after", SWEEP, run -> full(run) ? 2 + 0.2 * run.replicate() : 1 + 0.1 * run.replicate());
        results("empty", SWEEP, run -> Double.NaN);
        String other =
                SWEEP.replace("{type: influence-balancing, units: 23, positive: 10}", "{type: linear-drive, a: 0.9}");
        results("other", other, run -> 1);
    }

    private static boolean full(RunSpec run) {
        return run.setting().estimator().text("type").equals("full");
    }

    private void results(String name, String text, ToDoubleFunction<RunSpec> error) throws IOException {
        Path results = Files.createDirectories(folder.resolve(name));
        Files.writeString(results.resolve("sweep.yaml"), text);
        InventedJournal journal = new InventedJournal(results);
        for (RunSpec run : new SweepReader(Bundled.catalogs(new TaskShelf()))
                .read("sweep.yaml", text)
                .runs()) {
            double value = error.applyAsDouble(run);
            if (!Double.isNaN(value)) {
                journal.done(run)
                        .trained(100, 10)
                        .point(100, "theta_error", value)
                        .point(100, "loss", value)
                        .add();
            }
        }
        journal.read();
    }

    /** Names of folders are those below the test's own. */
    private int compare(String... arguments) {
        CommandLine line = Bptt.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("compare"));
        for (String argument : arguments) {
            all.add(
                    Files.isDirectory(folder.resolve(argument))
                            ? folder.resolve(argument).toString()
                            : argument);
        }
        all.add("--out=" + folder.resolve("out"));
        return line.execute(all.toArray(String[]::new));
    }

    private List<String> regressions() {
        return err.toString()
                .lines()
                .filter(line -> line.startsWith("regression: "))
                .toList();
    }

    @Test
    void unchangedResultsAreTheSameAndFine() {
        assertThat(compare("before", "before", "--fail-on-regression")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " ")).contains("the same to the last digit in all 10 figures");
        assertThat(regressions()).isEmpty();
    }

    @Test
    void aRegressionFailsWhereAskedToAndIsNamed() {
        assertThat(compare("before", "after")).isZero();
        assertThat(regressions()).isEmpty();
        assertThat(compare("--fail-on-regression", "before", "after")).isEqualTo(3);
        assertThat(err.toString())
                .contains("regression: full: theta_error worse by 1.35")
                .contains("regression: full: loss worse by 1.35");
        assertThat(regressions()).hasSize(2);
        // Turned round it is none.
        assertThat(compare("after", "before", "--fail-on-regression")).isZero();
    }

    @Test
    void onlyWhatIsNamedFails() {
        assertThat(compare("before", "after", "--fail-on-regression=time,steps_to_target"))
                .isZero();
        assertThat(compare("before", "after", "--fail-on-regression=loss")).isEqualTo(3);
        assertThat(regressions()).singleElement().asString().contains("loss");
    }

    @Test
    void filesHaveTheSameBytesEachTime() throws IOException {
        assertThat(compare("before", "after")).isZero();
        String csv = Files.readString(folder.resolve("out/compare.csv"));
        String page = Files.readString(folder.resolve("out/compare.html"));
        assertThat(out.toString()).contains("Results: " + folder.resolve("out/compare.html"));
        assertThat(compare("before", "after")).isZero();
        assertThat(Files.readString(folder.resolve("out/compare.csv"))).isEqualTo(csv);
        assertThat(Files.readString(folder.resolve("out/compare.html"))).isEqualTo(page);
        // theta_error, loss and time of five pairs
        assertThat(csv.lines()).hasSize(1 + 3 * 5);
    }

    @Test
    void estimatorsOfOneSweepAreCompared() {
        assertThat(compare("full", "tbptt", "--in", folder.resolve("after").toString()))
                .isZero();
        assertThat(out.toString())
                .contains("tbptt against full in compared")
                .contains("2 pairs of settings")
                .contains("tbptt length=10 against full")
                .contains("tbptt against full is better in");
        assertThat(compare(
                        "tbptt,length=5",
                        "artbp,mean=10",
                        "--in",
                        folder.resolve("after").toString()))
                .isZero();
        assertThat(out.toString()).contains("artbp mean=10 against tbptt length=5");
    }

    @Test
    void aFormatIsPrintedInsteadOfWords() {
        assertThat(compare("before", "after", "--format", "csv")).isZero();
        assertThat(out.toString()).startsWith("sweep,setting,estimator.type,").doesNotContain("In short");
        assertThat(folder.resolve("out/compare.csv")).content().isEqualTo(out.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before | nowhere | B is 'nowhere': no results folder, sweep file or bundled sweep; two estimators of one sweep",
                "tbptt | artbp | A is 'tbptt': no results folder",
                "before | empty | empty has no run of its sweep with a result: 'bptt run' makes them",
                "before | other | task.type: influence-balancing | linear-drive",
                "before | . | holds no sweep.yaml",
                "before | after --format=xml | --format is 'xml': there are csv, json, md, latex",
                "before | after --fail-on-regression=lost | nothing compared is 'lost'; there are bias, variance, mse,",
                "tbpt | full --in=before | A:1:16: estimator.type is 'tbpt': must be one of full, tbptt, artbp",
                "full | tbptt,lenght=3 --in=before | B:2:1: unknown path 'estimator.lenght'; did you mean 'estimator.length'?",
                "full | tbptt,length=7 --in=before | B is 'tbptt,length=7', and no setting of compared has estimator.type: tbptt,",
                "tbptt | tbptt,length=5 --in=before | are both tbptt length=5: nothing is compared with itself",
                "full | tbptt,=5 --in=before | unknown path 'estimator.'",
            })
    void mistakesAreTold(String line) {
        String[] parts = line.split(" \\| ", 3);
        List<String> arguments = new ArrayList<>(List.of(parts[0].strip()));
        for (String word : parts[1].strip().split(" ")) {
            arguments.add(word.replace("--in=before", "--in=" + folder.resolve("before")));
        }
        assertThat(compare(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains(parts[2].strip());
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void commasInsideOfBracketsDivideNothing() {
        assertThat(EstimatorArgument.parts("artbp,law={type: polynomial, alpha: 6},mean=[1,2], x=\"a,b\""))
                .containsExactly("artbp", "law={type: polynomial, alpha: 6}", "mean=[1,2]", "x=\"a,b\"");
    }
}
