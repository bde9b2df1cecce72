package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.Spelling;
import org.bpttbench.experiments.spec.SweepErrors;
import org.bpttbench.experiments.spec.SweepReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bptt status}: how a sweep gets on, asked from another shell. */
@Command(
        name = "status",
        description = {
            "Show how a sweep stands: what is done, on its way and left, for how long yet, what failed, and the next command.",
            "May be asked at any time, while a run goes on too; disturbs nothing and writes nothing. Without SWEEP, the only"
                    + " results folder in ./results, or a line for each of them."
        },
        sortOptions = false)
final class StatusCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "SWEEP",
            description = "Results folder, its name in ./results, bundled name, or sweep file.")
    private @Nullable String sweep;

    @Option(names = "--json", description = "One JSON line for each sweep.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final TaskShelf tasks = new TaskShelf();
    private final Path all;

    StatusCommand() {
        this(Path.of("results"));
    }

    /** @param all the folder of results folders */
    StatusCommand(Path all) {
        this.all = all;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Instant now = Instant.now();
        if (sweep != null) {
            show(FolderStatus.of(named(sweep), tasks, now), now, out);
        } else {
            List<Path> folders = folders();
            if (folders.isEmpty()) {
                throw new UsageException("there are no results in " + all + " of this folder: 'bptt run SWEEP' makes"
                        + " some, 'bptt status FOLDER' looks elsewhere");
            }
            if (folders.size() == 1) {
                show(FolderStatus.of(folders.get(0), tasks, now), now, out);
            } else {
                showAll(folders, now, out);
            }
        }
        out.flush();
        return ExitCode.FINE;
    }

    private void show(FolderStatus status, Instant now, PrintWriter out) {
        if (json) {
            out.println(Json.write(new StatusJson(status).tree()));
        } else {
            out.print(new StatusText(status, now).text(Terminal.width()));
        }
    }

    /** A folder that cannot be read is told on standard error and does not hide the others. */
    private void showAll(List<Path> folders, Instant now, PrintWriter out) {
        TextTable table = new TextTable("folder", "state", "runs", "failed", "left", "time left");
        for (Path folder : folders) {
            try {
                FolderStatus status = FolderStatus.of(folder, tasks, now);
                if (json) {
                    show(status, now, out);
                } else {
                    table.row(
                            folder.toString(),
                            status.state().key(),
                            status.results() + "/" + status.total(),
                            Integer.toString(status.count(Outcome.FAILED) + status.count(Outcome.TIMED_OUT)),
                            Integer.toString(status.left()),
                            left(status));
                }
            } catch (IOException | SweepErrors e) {
                spec.commandLine().getErr().println(Terminal.plain(folder + " cannot be read: " + e.getMessage()));
            }
        }
        if (!json) {
            out.print(table.text());
            out.println("Next: bptt status FOLDER");
        }
    }

    private static String left(FolderStatus status) {
        return status.secondsLeft().isPresent()
                ? "~" + Durations.words(status.secondsLeft().getAsDouble())
                : "-";
    }

    private List<Path> folders() throws IOException {
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(all)) {
            return files.filter(FolderStatus::is).sorted().toList();
        }
    }

    private Path named(String name) throws IOException {
        Path given = Path.of(name);
        if (FolderStatus.is(given)) {
            return given;
        }
        if (Files.isDirectory(given)) {
            throw new UsageException(given + " holds no " + SweepArgument.COPY + ": it is not a results folder");
        }
        if (Files.isRegularFile(given)) {
            return existing(
                    new SweepReader(Bundled.catalogs(tasks))
                            .read(given, List.of())
                            .name(),
                    name);
        }
        boolean path = name.contains("/") || name.endsWith(".yaml");
        if (!path && FolderStatus.is(all.resolve(name))) {
            return all.resolve(name);
        }
        if (!path && BundledSweeps.NAMES.contains(name)) {
            return existing(name, name);
        }
        throw new UsageException("there is no '" + name + "'" + (path ? "" : ", nor one in " + all) + nearest(name));
    }

    private Path existing(String sweepName, String given) {
        Path folder = all.resolve(sweepName);
        if (!FolderStatus.is(folder)) {
            throw new UsageException(given + " has no results in " + folder + " yet: 'bptt run " + Shell.quoted(given)
                    + "' makes them; if they lie elsewhere, 'bptt status FOLDER'");
        }
        return folder;
    }

    private String nearest(String name) throws IOException {
        List<String> known = folders().stream()
                .map(folder -> folder.getFileName().toString())
                .toList();
        return Spelling.near(name, known).stream()
                .findFirst()
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(known.isEmpty() ? "" : "; there are " + String.join(", ", known));
    }
}
