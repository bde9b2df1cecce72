package org.bpttbench.harness.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bpttbench.experiments.run.OwnFiles;
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

    private static final String PAINTED = ".png";

    /** How a page begins a figure: tells which files of an earlier page are the project's own. */
    private static final Pattern SHOWN = Pattern.compile("<figure id=\"([a-z0-9-]+)\"");

    private ReportFiles() {}

    /**
     * Writes the CSV files, {@code report.html}, and the figures as SVG and CSV into {@code figures/}, each file whole or
     * not at all. Files of figures that the page before this had and this has not go, and paintings of what has changed.
     *
     * @param folder made if need be
     * @return what was drawn
     */
    public static List<Figure> write(Path folder, Results results) throws IOException {
        Reports.write(folder, results);
        List<Figure> figures = Figures.of(results);
        List<String> before = shown(folder.resolve(PAGE));
        OwnFiles.replace(folder.resolve(PAGE), ReportPage.of(results, figures).getBytes(StandardCharsets.UTF_8));
        Path drawn = OwnFiles.below(folder, FIGURES);
        for (Figure figure : figures) {
            Path file = drawn.resolve(figure.name() + ".svg");
            byte[] svg = FigureSvg.file(figure).getBytes(StandardCharsets.UTF_8);
            if (!Files.isRegularFile(file) || !Arrays.equals(svg, Files.readAllBytes(file))) {
                Files.deleteIfExists(drawn.resolve(figure.name() + PAINTED));
            }
            OwnFiles.replace(file, svg);
            OwnFiles.replace(
                    drawn.resolve(figure.name() + ".csv"), FigureCsv.of(figure).getBytes(StandardCharsets.UTF_8));
        }
        for (String name : before) {
            if (figures.stream().noneMatch(figure -> figure.name().equals(name))) {
                for (String ending : List.of(".svg", ".csv", PAINTED)) {
                    Files.deleteIfExists(drawn.resolve(name + ending));
                }
            }
        }
        return figures;
    }

    /** Names of the figures of a page; none without one. */
    private static List<String> shown(Path page) throws IOException {
        return Files.isRegularFile(page)
                ? SHOWN.matcher(Files.readString(page, StandardCharsets.ISO_8859_1))
                        .results()
                        .map(found -> found.group(1))
                        .toList()
                : List.of();
    }

    /**
     * Adds the figures as PNG. Not for the end of every run: to start a painter takes as long as a small sweep.
     *
     * @param folder that {@link #write} has written
     * @param figures that it has drawn
     * @return why there are none, if this machine cannot paint them
     */
    public static Optional<String> paint(Path folder, List<Figure> figures) throws IOException {
        List<Painting> paintings =
                figures.parallelStream().map(ReportFiles::painting).toList();
        for (Painting painting : paintings) {
            if (painting.png.isEmpty()) {
                return Optional.of(painting.refusal);
            }
            OwnFiles.replace(OwnFiles.below(folder, FIGURES).resolve(painting.name + PAINTED), painting.png.get());
        }
        return Optional.empty();
    }

    private record Painting(String name, Optional<byte[]> png, String refusal) {}

    private static Painting painting(Figure figure) {
        try {
            return new Painting(figure.name(), Optional.of(FigurePng.of(FigureSvg.file(figure))), "");
        } catch (IOException e) {
            return new Painting(figure.name(), Optional.empty(), String.valueOf(e.getMessage()));
        }
    }
}
