package org.bpttbench.harness.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.OwnFiles;
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
    private static final int BUFFER = 1 << 16;

    private Reports() {}

    /**
     * Writes every file of {@link Table}, replacing what was there. Each appears whole or not at all, and is written row by
     * row: however many there are, few are in memory.
     *
     * @param folder made if need be
     */
    public static void write(Path folder, Results results) throws IOException {
        OwnFiles.folder(folder);
        for (Table table : Table.values()) {
            OwnFiles.replace(folder.resolve(table.file()), out -> {
                Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
                CsvText.write(table, results.sweep(), rows(table, results), text);
                text.flush();
            });
        }
    }

    static Map<Table, String> texts(Sweep sweep, Journal journal, TaskShelf tasks) {
        Results results = Results.of(sweep, journal, tasks);
        Map<Table, String> texts = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            texts.put(table, text(table, results));
        }
        return texts;
    }

    /** The text of one file. */
    public static String text(Table table, Results results) {
        return CsvText.of(table, results.sweep(), rows(table, results));
    }

    private static Stream<Row> rows(Table table, Results results) {
        Sweep sweep = results.sweep();
        List<SettingRuns> settings = results.settings();
        List<BiasResult> bias = results.bias();
        return switch (table) {
            case BIAS -> bias.stream().map(BiasRows::of);
            case BIAS_BLOCKS ->
                bias.parallelStream()
                        .flatMap(result -> BlockResult.of(result).stream())
                        .map(BiasRows::of)
                        .toList()
                        .stream();
            case BIAS_OTHER ->
                bias.parallelStream()
                        .flatMap(result -> OtherResult.of(result).stream())
                        .map(OtherRows::of)
                        .toList()
                        .stream();
            case BIAS_PAIRS -> BiasPairResult.of(settings).stream().map(new BiasPairRows(new Labels(sweep))::of);
            case ACCURACY -> results.accuracy().stream().map(result -> RunRows.accuracy(sweep, result));
            case RUNTIME -> settings.stream().flatMap(new RuntimeRows(results.journal())::rows);
            case CURVES -> settings.stream().flatMap(RunRows::curves);
            case RUNS -> settings.stream().flatMap(RunRows::runs);
        };
    }
}
