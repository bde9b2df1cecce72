package org.bpttbench.harness.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.stats.BiasPairResult;
import org.bpttbench.harness.stats.BiasResult;
import org.bpttbench.harness.stats.BlockResult;
import org.bpttbench.harness.stats.OtherResult;
import org.bpttbench.harness.stats.SettingRuns;

/**
 * The CSV files of a sweep: a pure function of the sweep and its journal. A setting has rows as soon as one of its runs
 * has a result; {@code runs.csv} also lists the runs that failed.
 */
public final class Reports {
    private Reports() {}

    /**
     * Writes every file of {@link Table#ofSweep}, replacing what was there. Each appears whole or not at all.
     *
     * @param folder made if need be
     */
    public static void write(Path folder, Results results) throws IOException {
        Map<Table, String> texts = texts(results);
        Files.createDirectories(folder);
        for (Map.Entry<Table, String> text : texts.entrySet()) {
            replace(folder.resolve(text.getKey().file()), text.getValue().getBytes(StandardCharsets.UTF_8));
        }
    }

    static Map<Table, String> texts(Sweep sweep, Journal journal, TaskShelf tasks) {
        return texts(Results.of(sweep, journal, tasks));
    }

    /** The text of every file. */
    public static Map<Table, String> texts(Results results) {
        Sweep sweep = results.sweep();
        List<SettingRuns> settings = results.settings();
        RuntimeRows runtime = new RuntimeRows(results.journal());
        Map<Table, List<Row>> rows = new EnumMap<>(Table.class);
        List<BiasResult> bias = results.bias();
        rows.put(Table.BIAS, bias.stream().map(BiasRows::of).toList());
        rows.put(
                Table.BIAS_BLOCKS,
                bias.parallelStream()
                        .flatMap(result -> BlockResult.of(result).stream())
                        .map(BiasRows::of)
                        .toList());
        BiasPairRows pairs = new BiasPairRows(new Labels(sweep));
        rows.put(
                Table.BIAS_PAIRS,
                BiasPairResult.of(settings).stream().map(pairs::of).toList());
        rows.put(
                Table.BIAS_OTHER,
                bias.parallelStream()
                        .flatMap(result -> OtherResult.of(result).stream())
                        .map(OtherRows::of)
                        .toList());
        rows.put(
                Table.ACCURACY,
                results.accuracy().stream()
                        .map(result -> RunRows.accuracy(sweep, result))
                        .toList());
        rows.put(Table.RUNTIME, settings.stream().flatMap(runtime::rows).toList());
        rows.put(
                Table.CURVES,
                settings.stream().flatMap(runs -> RunRows.curves(runs).stream()).toList());
        rows.put(
                Table.RUNS,
                settings.stream().flatMap(runs -> RunRows.runs(runs).stream()).toList());
        Map<Table, String> texts = new EnumMap<>(Table.class);
        rows.forEach((table, of) -> texts.put(table, CsvText.of(table, sweep, of)));
        return texts;
    }

    /** Writes a file whole or not at all: by way of one beside it, because only within one file system a move is one step. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path written = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.write(written, content);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
