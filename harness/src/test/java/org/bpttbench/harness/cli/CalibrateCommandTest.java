package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpttbench.harness.calibration.Finished;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user of {@code bptt calibrate} sees, on finished cells: exit codes, table and file. */
class CalibrateCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int calibrate(String... arguments) {
        CommandLine line = Bptt.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "calibrate";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return line.execute(all);
    }

    private int onFinishedCells() {
        return calibrate("--quick", "--repetitions", "4000", "--out", folder.toString());
    }

    @Test
    void finishedCellsAreAnswered() throws IOException {
        Finished.quick(folder, 100, 5);
        byte[] journal = Files.readAllBytes(folder.resolve("journal/cells.jsonl"));
        assertThat(onFinishedCells()).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains(
                        "Of 60 cells with 4000 rows each, 51 pass, 0 fail, 0 are unsettled, and 9 are stopped by the guard.")
                .contains("Far alarms, p below 0.0025, of all 24 cells without bias that pass the guard: 0.125 % of"
                        + " 96000 rows, which does not exceed its bound.")
                .contains("Left out:\n- ");
        assertThat(out.toString()
                        .lines()
                        .filter(line -> line.matches(
                                "edge, loss at every step, lanes 1, 20 parameters +200 +0\\.5 +0\\.050 +500"
                                        + " +0\\.0250 +0\\.0013 +0\\.0250 +0\\.0000 +0\\.9750 .*pass")))
                .hasSize(1);
        List<String> rows = Files.readAllLines(folder.resolve("calibration.csv"));
        assertThat(rows).hasSize(61);
        assertThat(rows.get(1))
                .startsWith(
                        "line,light,0.5,constant,10.0,every step,1,1,,,,200,1,0.0,0.0,0.125,4000,1,0.05,500.0,0.0,0.025,");
        assertThat(rows.get(37)).startsWith("line,heavy,").endsWith(",guarded,");
        assertThat(folder.resolve("journal/cells.jsonl")).hasBinaryContent(journal);
    }

    @Test
    void oneCellThatFailsMakesThree() throws IOException {
        Finished.quick(folder, 140, 5);
        assertThat(onFinishedCells()).isEqualTo(3);
        assertThat(out.toString()).contains("fail: alarms").contains("27 pass, 24 fail");
    }

    @Test
    void aTailThatIsTooHeavyInAllMakesThree() throws IOException {
        Finished.quick(folder, 100, 10);
        assertThat(onFinishedCells()).isEqualTo(3);
        assertThat(out.toString()).contains("51 pass, 0 fail").contains("which is more than its bound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--repetitions=-1", "--jobs=-1", "--repetitions=many", "--quik", "--resamples=99"})
    void usage(String argument) {
        assertThat(calibrate("--out", folder.resolve("none").toString(), argument))
                .isEqualTo(2);
        assertThat(err.toString()).contains(argument.replaceFirst("=.*", ""));
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
