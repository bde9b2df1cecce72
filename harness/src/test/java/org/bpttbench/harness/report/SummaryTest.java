package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The terminal's text for invented results, compared as a whole with files whose layout was approved by eye. The invented
 * figures come back in the files as they were put into the journal, which is the oracle for the numbers.
 */
class SummaryTest {
    private static final TaskShelf TASKS = new TaskShelf();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"balance, 80", "balance, 160", "text, 80", "text, 160"})
    void theTextIsAsApproved(String name, int width) throws IOException {
        Sweep sweep = sweep(resource(name + ".yaml"));
        Journal journal = name.equals("balance") ? balance(sweep) : text(sweep);
        assertThat(Summary.text(Results.of(sweep, journal, TASKS), width) + '\n')
                .isEqualTo(resource(name + '-' + width + ".txt"));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 120, 160})
    void linesFitTheTerminalAndAreFew(int width) throws IOException {
        String lengths = "length: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]";
        Sweep sweep = sweep(resource("text.yaml").replace("length: [5, 20]", lengths));
        List<String> lines = Summary.text(Results.of(sweep, text(sweep), TASKS), width)
                .lines()
                .toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(40).allMatch(line -> line.length() <= width);
        assertThat(lines).anyMatch(line -> line.matches("… \\d+ more rows in bias.csv"));
    }

    @Test
    void whatHasNotRunIsSaid() throws IOException {
        Sweep sweep = sweep(resource("balance.yaml"));
        assertThat(Summary.text(Results.of(sweep, new InventedJournal(folder).read(), TASKS), 80))
                .isEqualTo("In short: none of 28 runs has a result.");
    }

    @Test
    void whatFailedIsSaid() throws IOException {
        Sweep sweep = sweep(resource("balance.yaml"));
        InventedJournal journal = new InventedJournal(folder);
        journal.done(sweep.runs().get(0))
                .exactBias(0, 0, 1)
                .point(1000000, "theta_error", 0.5)
                .add();
        journal.ended(sweep.runs().get(1), "failed", "broken").add();
        assertThat(answer(sweep, journal))
                .isEqualTo(
                        "In short: full is equivalent to the exact gradient; the lowest theta_error is 0.5000, of full;"
                                + " 1 of 28 runs has a result, 1 failed or timed out (runs.csv says why), 26 have not ended: the tables are"
                                + " partial and say nothing of differences.");
    }

    /** Equivalent before training and biased after it: the figure is that of the bias that was shown. */
    @Test
    void onlyTheBiasThatWasShownIsQuoted() throws IOException {
        Sweep sweep = sweep(resource("balance.yaml").replaceAll("at: \\[[^]]*\\]", "at: [0, end]"));
        RunSpec run = sweep.runs().stream()
                .filter(each -> each.setting().estimator().text("type").equals("tbptt"))
                .findFirst()
                .orElseThrow();
        InventedJournal journal = new InventedJournal(folder);
        journal.done(run).exactBias(0, 0.01, 1).exactBias(1000000, 0.75, 1).add();
        assertThat(answer(sweep, journal)).contains("tbptt length=10 (relative bias 0.750) is biased");
    }

    @Test
    void anArmThatLostItsBadRunsDoesNotWin() throws IOException {
        Sweep sweep = sweep(resource("balance.yaml"));
        InventedJournal journal = new InventedJournal(folder);
        for (RunSpec run : sweep.runs().subList(0, 8)) {
            boolean full = run.setting().estimator().text("type").equals("full");
            if (full || run.replicate() == 0) {
                journal.done(run)
                        .point(1000000, "theta_error", full ? 0.5 : 0.001)
                        .add();
            } else {
                journal.ended(run, "diverged", "").add();
            }
        }
        assertThat(answer(sweep, journal))
                .contains("tbptt length=10 diverged in 3 of 4 runs")
                .contains("the lowest median theta_error is 0.5000, of full");
    }

    private static String answer(Sweep sweep, InventedJournal journal) throws IOException {
        List<String> lines = Summary.text(Results.of(sweep, journal.read(), TASKS), 1000)
                .lines()
                .toList();
        return lines.get(lines.size() - 1);
    }

    private Journal balance(Sweep sweep) throws IOException {
        InventedJournal journal = new InventedJournal(folder);
        for (RunSpec run : sweep.runs()) {
            Arguments estimator = run.setting().estimator();
            double spread = 0.01 * run.replicate();
            double length = estimator.has("length") ? estimator.real("length") : 0;
            boolean diverges = length == 10 && run.replicate() > 0;
            InventedJournal.Run made = (diverges ? journal.ended(run, "diverged", "a parameter") : journal.done(run))
                    .trained(1000000, 62500);
            switch (estimator.text("type")) {
                case "full" -> made.exactBias(0, 0, 1);
                case "tbptt" -> made.exactBias(0, 1.4 + spread - length * 0.0069, -0.234 + length * 0.006);
                case "artbp" -> made.sampledBias(0, spread - 0.02, 0.995, 3.4596, 853.37);
                default -> made.sampledBias(0, 1.02 + spread, -0.02, 0.0005, 1);
            }
            if (!diverges) {
                made.point(0, "theta", 0.5)
                        .point(1000000, "theta", -0.1666 + spread)
                        .point(1000000, "theta_error", 1e-5 + spread * length)
                        .point(1000000, "loss", 1e-9 + spread);
            }
            made.add();
        }
        return journal.read();
    }

    private Journal text(Sweep sweep) throws IOException {
        Map<String, Object> baselines = new LinkedHashMap<>();
        baselines.put("valid.bpc", methods(4.70123, 3.61));
        baselines.put("test.bpc", methods(4.71456, 3.6));
        InventedJournal journal = new InventedJournal(folder);
        for (RunSpec run : sweep.runs()) {
            Arguments estimator = run.setting().estimator();
            double size = estimator.has("length")
                    ? estimator.real("length")
                    : estimator.has("mean") ? estimator.real("mean") : 1;
            double spread = 0.01 * run.replicate();
            InventedJournal.Run made = journal.done(run).trained(2000, Math.round(2000 / size));
            for (long at : List.of(0L, 2000L)) {
                double bias = 0.7 / Math.sqrt(size) + spread + 1e-5 * at;
                switch (estimator.text("type")) {
                    case "full" -> made.exactBias(at, 0, 1);
                    case "tbptt" -> made.exactBias(at, bias, 1 - 0.5 / Math.sqrt(size));
                    case "artbp" -> made.sampledBias(at, spread - 0.015, 0.995, 1.5 * size, 85.37);
                    default -> made.sampledBias(at, bias, 1 - 0.5 / Math.sqrt(size), 0.012 * size, 1);
                }
            }
            made.point(0, "valid.bpc", 6.2)
                    .point(2000, "valid.bpc", 3.2 + spread + size / 100)
                    .point(2000, "test.bpc", 3.3 + spread + size / 100)
                    .baselines(baselines)
                    .add();
        }
        return journal.read();
    }

    private static Map<String, Object> methods(double unigram, double bigram) {
        Map<String, Object> methods = new LinkedHashMap<>();
        methods.put("unigram", unigram);
        methods.put("bigram", bigram);
        return methods;
    }

    private static Sweep sweep(String text) {
        return new SweepReader(Bundled.catalogs(TASKS)).read("sweep.yaml", text);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SummaryTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such resource: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
