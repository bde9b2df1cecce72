package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.bpttbench.harness.report.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code bptt explain} finds, prints and refuses. */
class ExplainCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int explain(String... arguments) {
        CommandLine line = Bptt.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "explain";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return line.execute(all);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    @Test
    void withoutArgumentEveryColumnIsListedBelowItsFile() {
        assertThat(explain()).isZero();
        assertThat(lines()).startsWith("every file");
        for (Table table : Table.values()) {
            assertThat(lines()).contains(table.file() + ": a row is " + table.row());
            assertThat(table.columns())
                    .allSatisfy(column ->
                            assertThat(lines()).anyMatch(line -> line.startsWith("  " + column.name() + " ")));
        }
        assertThat(lines()).allMatch(line -> line.length() <= Terminal.width());
    }

    @Test
    void aColumnComesWithDefinitionSectionAndSymbols() {
        assertThat(explain("relative_bias")).isZero();
        assertThat(lines())
                .startsWith("bias.csv: relative_bias [of ‖g‖]")
                .contains("      relative bias = sign(b)·√|b|", "Symbols")
                .anyMatch(line -> line.startsWith("  g: the exact gradient"))
                .allMatch(line -> line.length() <= Terminal.width());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bias.csv:verdict", "bias.csv.verdict", "verdict"})
    void theFileMayStandBeforeTheColumn(String asked) {
        assertThat(explain(asked)).isZero();
        assertThat(lines()).startsWith("bias.csv: verdict").anyMatch(line -> line.startsWith("  - equivalent: "));
    }

    @Test
    void severalFilesWithAColumnAreAllExplained() {
        assertThat(explain("max_weight")).isZero();
        assertThat(lines()).contains("bias.csv: max_weight", "runs.csv: max_weight");
        assertThat(explain("runs.csv:max_weight")).isZero();
    }

    @Test
    void oneFileIsListedAlone() {
        assertThat(explain("curves.csv")).isZero();
        assertThat(lines()).filteredOn(line -> line.matches("  [a-z].*")).hasSameSizeAs(Table.CURVES.columns());
        assertThat(lines()).startsWith("curves.csv: a row is run × checkpoint × metric");
    }

    @ParameterizedTest
    @ValueSource(strings = {"estimator.law.alpha", "init.radius", "bias.csv:estimator.type"})
    void aPathOfTheSweepFileIsAColumnToo(String asked) {
        assertThat(explain(asked)).isZero();
        assertThat(lines()).startsWith("Every file: estimator.…");
    }

    @Test
    void aWordIsExplained() {
        assertThat(explain("tail")).isZero();
        assertThat(lines()).startsWith("bias.csv: reason = tail");
        assertThat(explain("diverged")).isZero();
        assertThat(lines())
                .contains("accuracy.csv: diverged", "bias.csv: reason = diverged", "runs.csv: outcome = diverged");
    }

    @ParameterizedTest
    @CsvSource({
        "relative_bais, relative_bias",
        "verdct, verdict",
        "varianc, relative_variance",
        "bias.csv:projecton, projection",
        "unbiased, biased",
        "runs.csv:verdict, is in bias.csv",
        "bais.csv, bias.csv"
    })
    void theUnknownIsRefusedWithTheNearestNames(String asked, String meant) {
        assertThat(explain(asked)).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("'" + asked + "'").contains(meant).doesNotContain("\tat ");
    }

    @Test
    void jsonIsALineForEachColumn() {
        assertThat(explain("max_weight", "--json")).isZero();
        assertThat(lines()).hasSize(2).allMatch(line -> line.startsWith("{\"file\":") && line.contains("\"text\":"));
        assertThat(explain("undecided", "--json")).isZero();
        assertThat(lines()).hasSize(4).last().asString().contains("\"word\":\"undecided\"");
    }
}
