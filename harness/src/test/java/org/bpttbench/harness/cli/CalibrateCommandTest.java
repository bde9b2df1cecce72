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
        Finished.quick(folder, 200);
        byte[] journal = Files.readAllBytes(folder.resolve("journal/cells.jsonl"));
        assertThat(onFinishedCells()).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains(
                        "Of 48 cells with 4000 rows each, judged with 999 resamples of the joint test, 36 pass, 0 fail, 0"
                                + " are unsettled, and 12 are stopped by the guard.");
        assertThat(out.toString()
                        .lines()
                        .filter(line ->
                                line.matches("edge +20 +200 +0\\.5 +0\\.050 +0\\.0500 +0\\.0000 +0\\.9500 .*pass")))
                .hasSize(1);
        List<String> rows = Files.readAllLines(folder.resolve("calibration.csv"));
        assertThat(rows).hasSize(49);
        assertThat(rows.get(1)).startsWith("light,0.5,constant,10.0,1,200,0.0,0.125,4000,999,1,0.05,0.05,");
        assertThat(rows.get(48)).endsWith(",guarded,");
        assertThat(folder.resolve("journal/cells.jsonl")).hasBinaryContent(journal);
    }

    @Test
    void oneCellThatFailsMakesThree() throws IOException {
        Finished.quick(folder, 240);
        assertThat(onFinishedCells()).isEqualTo(3);
        assertThat(out.toString()).contains("fail: biased, significant").contains("27 pass, 9 fail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--repetitions=-1", "--resamples=98", "--jobs=-1", "--repetitions=many", "--quik"})
    void usage(String argument) {
        assertThat(calibrate("--out", folder.resolve("none").toString(), argument))
                .isEqualTo(2);
        assertThat(err.toString()).contains(argument.replaceFirst("=.*", ""));
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
