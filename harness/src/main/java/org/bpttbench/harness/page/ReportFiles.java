package org.bpttbench.harness.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpttbench.harness.figure.Figure;
import org.bpttbench.harness.figure.FigureCsv;
import org.bpttbench.harness.figure.FigurePng;
import org.bpttbench.harness.figure.FigureSvg;
import org.bpttbench.harness.figure.Figures;
import org.bpttbench.harness.report.Reports;
import org.bpttbench.harness.report.Results;

/** What a results folder holds of a sweep beside its journal: the CSV files, the page and the figures as files. */
public final class ReportFiles {
    /** Name of the page. */
    public static final String PAGE = "report.html";

    private static final String FIGURES = "figures";

    private ReportFiles() {}

    /**
     * Writes the CSV files, {@code report.html} and {@code figures/}, each file whole or not at all.
     *
     * @param folder made if need be
     * @return why there are no PNG files, if this machine cannot paint them; the rest was written all the same
     */
    public static Optional<String> write(Path folder, Results results) throws IOException {
        Reports.write(folder, results);
        List<Figure> figures = Figures.of(results);
        Reports.replace(folder.resolve(PAGE), ReportPage.of(results, figures).getBytes(StandardCharsets.UTF_8));
        Path drawn = Files.createDirectories(folder.resolve(FIGURES));
        String complaint = null;
        for (Figure figure : figures) {
            String svg = FigureSvg.file(figure);
            Reports.replace(drawn.resolve(figure.name() + ".svg"), svg.getBytes(StandardCharsets.UTF_8));
            Reports.replace(
                    drawn.resolve(figure.name() + ".csv"), FigureCsv.of(figure).getBytes(StandardCharsets.UTF_8));
            if (complaint == null) {
                complaint = paint(svg, drawn.resolve(figure.name() + ".png")).orElse(null);
            }
        }
        return Optional.ofNullable(complaint);
    }

    private static Optional<String> paint(String svg, Path file) throws IOException {
        byte[] png;
        try {
            png = FigurePng.of(svg);
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        Reports.replace(file, png);
        return Optional.empty();
    }
}
