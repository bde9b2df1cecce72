package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.OwnFiles;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.PartialSetting;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.harness.page.ComparisonPage;
import org.bpttbench.harness.report.ComparisonReport;
import org.bpttbench.harness.report.Labels;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.Table;
import org.bpttbench.harness.stats.Choices;
import org.bpttbench.harness.stats.Compared;
import org.bpttbench.harness.stats.Pairing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bptt compare}: a candidate against a baseline. */
@Command(
        name = "compare",
        description = {
            "Compare two results folders, or two estimators of one sweep: bias, variance, metrics and times, pair of settings"
                    + " by pair of settings, with intervals, Holm's correction and a verdict.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  bptt compare results/before results/after --fail-on-regression",
            "  bptt compare tbptt artbp --in quickstart",
            "  bptt compare artbp,law=constant artbp,law=polynomial --in results/variance-growth",
            "",
            "Settings of two folders are paired by id, else as they agree in all but what each folder keeps fixed."
        },
        sortOptions = false)
final class CompareCommand implements Callable<Integer> {
    /** Paths told of a pair of folders that have nothing in common. */
    private static final int MOST_PATHS = 12;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "The baseline: a results folder, or with --in an estimator, as in tbptt or tbptt,length=10.")
    private String baseline = "";

    @Parameters(index = "1", paramLabel = "B", description = "The candidate, of the same kind.")
    private String candidate = "";

    @Option(
            names = "--in",
            paramLabel = "SWEEP",
            description = "Compare two estimators of this sweep: a bundled name, a sweep file or a results folder.")
    private @Nullable String in;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of compare.csv and compare.html; ./results/compare-A-B by default.")
    private @Nullable Path out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "Print compare.csv as csv, json, md or latex instead; files are then written only with --out.")
    private @Nullable String format;

    @Mixin
    private Regressions regressions;

    @Spec
    private CommandSpec spec;

    private final TaskShelf tasks = new TaskShelf();

    @Override
    public Integer call() throws IOException {
        String asked = format;
        if (asked != null) {
            Formats.named(asked); // before anything is read
        }
        String sweep = in;
        ComparisonReport report = sweep == null ? folders() : estimators(sweep);
        List<Compared> worse = regressions.of(report);
        PrintWriter text = spec.commandLine().getOut();
        if (asked != null) {
            text.print(Formats.named(asked).of(report.csv(), List.of()));
        } else {
            text.println(report.text(Terminal.width()));
        }
        if (asked == null || out != null) {
            Path folder = write(report);
            if (asked == null) {
                text.println("Results: " + folder.resolve(ComparisonPage.FILE) + ", "
                        + folder.resolve(Table.COMPARE.file()));
            }
        }
        text.flush();
        return worse.isEmpty() ? ExitCode.FINE : failed(report, worse);
    }

    private int failed(ComparisonReport report, List<Compared> worse) {
        PrintWriter err = spec.commandLine().getErr();
        worse.forEach(row -> err.println("regression: " + report.sentence(row)));
        err.flush();
        return ExitCode.CHECK_FAILED;
    }

    private Path write(ComparisonReport report) throws IOException {
        Path folder = out != null ? out : Path.of("results", "compare-" + slug());
        OwnFiles.folder(folder);
        OwnFiles.replace(folder.resolve(Table.COMPARE.file()), report.csv().getBytes(StandardCharsets.UTF_8));
        OwnFiles.replace(
                folder.resolve(ComparisonPage.FILE), ComparisonPage.of(report).getBytes(StandardCharsets.UTF_8));
        return folder;
    }

    /** Of both names, and that of the sweep before them. */
    private String slug() {
        List<String> parts = new ArrayList<>();
        if (in != null) {
            parts.add(slug(last(in)));
        }
        parts.add(slug(in != null ? baseline : last(baseline)));
        parts.add(slug(in != null ? candidate : last(candidate)));
        return String.join("-", parts);
    }

    /** Of a path the last name, that of the folder where it is {@code .}. */
    private static String last(String given) {
        Path name = Path.of(given).toAbsolutePath().normalize().getFileName();
        return name == null ? "root" : name.toString().replaceFirst("\\.yaml$", "");
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    }

    private ComparisonReport folders() throws IOException {
        Results before = results("A", baseline);
        Results after = results("B", candidate);
        ComparisonReport report = ComparisonReport.ofFolders(baseline, before, candidate, after);
        Pairing pairing = report.comparison().pairing();
        if (pairing.pairs().isEmpty()) {
            throw new UsageException("no setting of " + candidate + " has a partner in " + baseline
                    + ". Settings agree in all but what each folder keeps fixed, and in the type of task. These differ (A | B):\n"
                    + differing(pairing));
        }
        return compared(report);
    }

    private static String differing(Pairing pairing) {
        List<String> lines = pairing.differing().stream()
                .limit(MOST_PATHS)
                .map(each -> "  " + each)
                .toList();
        int more = pairing.differing().size() - lines.size();
        return String.join("\n", lines) + (more > 0 ? "\n  … " + more + " more" : "");
    }

    private static ComparisonReport compared(ComparisonReport report) {
        if (report.comparison().rows().isEmpty()) {
            throw new UsageException("there is nothing to compare: no figure that both sides have a result of");
        }
        return report;
    }

    private Results results(String side, String given) throws IOException {
        boolean known = Files.isDirectory(Path.of(given))
                || Files.isRegularFile(Path.of(given))
                || BundledSweeps.NAMES.contains(given);
        if (!known) {
            throw new UsageException(side + " is '" + given + "': no results folder, sweep file or bundled sweep;"
                    + " two estimators of one sweep are compared with --in SWEEP");
        }
        return results(given);
    }

    private Results results(String given) throws IOException {
        Sweep sweep = SweepArgument.read(given, List.of(), tasks);
        Path folder = SweepArgument.folder(given, sweep);
        Journal journal = Journal.read(folder);
        journal.notices().forEach(spec.commandLine().getErr()::println);
        Results results = Results.of(sweep, journal, tasks);
        if (results.settings().stream().allMatch(runs -> runs.results().isEmpty())) {
            throw new UsageException(folder + " has no run of its sweep with a result: 'bptt run' makes them");
        }
        return results;
    }

    private ComparisonReport estimators(String sweep) throws IOException {
        SweepReader reader = new SweepReader(Bundled.catalogs(tasks));
        PartialSetting first = EstimatorArgument.read("A", baseline, reader);
        PartialSetting second = EstimatorArgument.read("B", candidate, reader);
        Results results = results(sweep);
        Labels labels = new Labels(results.sweep());
        requireMatch("A", baseline, first, results, labels);
        requireMatch("B", candidate, second, results, labels);
        results.sweep().settings().stream()
                .filter(setting -> first.matches(setting) && second.matches(setting))
                .findFirst()
                .ifPresent(setting -> {
                    throw new UsageException("A (" + baseline + ") and B (" + candidate + ") are both "
                            + labels.of(setting) + ": nothing is compared with itself");
                });
        Choices choices = Choices.of(results.sweep(), results.settings(), tasks);
        ComparisonReport report = ComparisonReport.ofEstimators(results, baseline, first, candidate, second, choices);
        if (report.comparison().pairing().pairs().isEmpty()) {
            throw new UsageException("no setting of " + candidate + " agrees with one of " + baseline
                    + " in all but the estimator, or they have no result yet");
        }
        return compared(report);
    }

    private static void requireMatch(String side, String given, PartialSetting wanted, Results results, Labels labels) {
        List<Setting> settings = results.sweep().settings();
        if (settings.stream().noneMatch(wanted::matches)) {
            List<String> names =
                    settings.stream().map(labels::estimator).distinct().toList();
            throw new UsageException(side + " is '" + given + "', and no setting of "
                    + results.sweep().name() + " has " + wanted + "; its estimators are " + String.join(", ", names));
        }
    }
}
