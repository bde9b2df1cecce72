package org.bpttbench.harness.calibration;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.experiments.run.OwnFiles;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.harness.inference.BinomialBounds;

/**
 * The table of a calibration, {@code calibration.csv}. Its columns stand in the resource {@code columns.csv} beside this
 * class. Times are not among them: the file has the same bytes on every machine.
 */
public final class CalibrationCsv {
    public static final String FILE = "calibration.csv";

    /** The columns that tell what was drawn. */
    private static final List<String> SUBJECT =
            List.of("kind", "tail", "a", "law", "mean", "losses", "lanes", "parameters", "cell", "task", "estimator");

    private CalibrationCsv() {}

    /** Writes the file into a results folder. */
    public static void write(Path folder, CalibrationPlan plan, Map<CalibrationCell, CellResult> results)
            throws IOException {
        Path file = OwnFiles.folder(folder).resolve(FILE);
        OwnFiles.replace(file, text(plan, results).getBytes(StandardCharsets.UTF_8));
    }

    static String text(CalibrationPlan plan, Map<CalibrationCell, CellResult> results) {
        List<String> columns =
                columns().stream().map(column -> column.getField("column")).toList();
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(columns);
            results.forEach((cell, result) -> {
                Map<String, String> cells = cells(plan, cell, result);
                if (!columns.equals(List.copyOf(cells.keySet()))) {
                    throw new IllegalStateException("columns " + columns + ", figures " + cells.keySet());
                }
                csv.writeRecord(cells.values());
            });
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    /** The columns as their readers are told of them: {@code column}, {@code unit} and {@code definition}. */
    static List<NamedCsvRecord> columns() {
        try (InputStream resource = CalibrationCsv.class.getResourceAsStream("columns.csv")) {
            if (resource == null) {
                throw new IllegalStateException("columns.csv is missing from the jar");
            }
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return CsvReader.builder().ofNamedCsvRecord(text).stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading columns.csv", e);
        }
    }

    private static Map<String, String> cells(CalibrationPlan plan, CalibrationCell cell, CellResult result) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (String column : SUBJECT) {
            cells.put(column, cell.subject().columns().getOrDefault(column, ""));
        }
        cells.put("draws", Integer.toString(cell.draws()));
        cells.put("looks", Integer.toString(cell.looks()));
        cells.put("bias_margins", Json.write(cell.bias()));
        cells.put("bias", Json.write(result.bias()));
        cells.put("margin", Json.write(result.margin()));
        cells.put("repetitions", Integer.toString(result.repetitions()));
        cells.put("seed", Long.toString(plan.seed()));
        cells.put("unseen_variance", Json.write(result.unseenVariance()));
        cells.put("effective_flips", Json.write(result.effectiveFlips()));
        int trials = result.repetitions();
        cells.put("guarded", share(result.guarded(), trials));
        bounded("alarms", result.alarms(), trials, cells);
        bounded("far_alarms", result.farAlarms(), trials, cells);
        bounded("biased", result.biased(), trials, cells);
        bounded("equivalent", result.equivalent(), trials, cells);
        cells.put("undecided_tail", share(result.tail(), trials));
        cells.put("undecided_draws", share(result.draws(), trials));
        bounded("coverage", result.covered(), trials, cells);
        Check check = Check.of(plan, cell, result);
        cells.put("pass", check.outcome().key());
        cells.put("problems", String.join("+", check.problems()));
        return cells;
    }

    private static void bounded(String column, int count, int trials, Map<String, String> cells) {
        cells.put(column, share(count, trials));
        cells.put(column + "_low", Json.write(BinomialBounds.lower(count, trials, Check.LEVEL)));
        cells.put(column + "_high", Json.write(BinomialBounds.upper(count, trials, Check.LEVEL)));
    }

    private static String share(int count, int trials) {
        return Json.write((double) count / trials);
    }
}
