package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.run.FolderLock;
import org.bpttbench.experiments.run.FrozenWork;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.TimingJournal;
import org.bpttbench.experiments.run.TimingRecord.Effort;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.harness.jmh.SettingTimer;
import org.bpttbench.harness.jmh.SettingTimer.Fork;
import org.bpttbench.harness.jmh.SettingTimer.ForkFailedException;
import org.bpttbench.harness.report.Labels;
import org.bpttbench.harness.report.Reports;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.TimingTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bptt runtime}: benchmarks what is missing, writes the CSV files, shows the times. */
@Command(
        name = "runtime",
        description = {
            "Benchmark a sweep's settings with JMH: time and allocation of forward and backward for one time step of all"
                    + " lanes, parameters frozen at their start, without the optimiser.",
            "The machine should do nothing else. Every setting has its first fork before any has its second, so that a drift"
                    + " of the machine hits all alike. What is measured is kept: the same command goes on where it was broken"
                    + " off. The rows stand in runtime.csv under source jmh."
        },
        sortOptions = false)
final class RuntimeCommand implements Callable<Integer> {
    /** A setting, and the time steps that an invocation of its benchmark takes. */
    private record Timed(Setting setting, String label, long batch) {}

    private static final String LOG = "jmh.log";
    private static final int FORKS = 3;
    private static final double SECONDS = 1.0;
    private static final double SMOKE_SECONDS = 0.1;

    @Mixin
    private SweepArgument sweep;

    @Option(
            names = "--forks",
            paramLabel = "N",
            description = "Virtual machines for each setting, one after another; " + FORKS
                    + " by default, 1 with --smoke. The interval is over them: one gives none.")
    private @Nullable Integer forks;

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            description = "Measured in each fork, after its speed has settled and as long a warm-up; " + SECONDS
                    + " by default, " + SMOKE_SECONDS + " with --smoke.")
    private @Nullable Double time;

    @Option(names = "--fresh", description = "Measure all settings anew.")
    private boolean fresh;

    @Option(names = "--json", description = "One JSON line for each setting.")
    private boolean json;

    @Mixin
    private BackendOption backend;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Effort effort = effort();
        Sweep read = sweep.read();
        Kernels kernels = backend.kernels();
        read.warnings().forEach(spec.commandLine().getErr()::println);
        List<Timed> all = timed(read);
        Path folder = sweep.folder(read);
        boolean failed;
        FolderLock lock = FolderLock.take(folder);
        try (TimingJournal timing = TimingJournal.open(folder, Journal.read(folder), kernels, effort, fresh)) {
            failed = !measure(read, missing(all, timing), timing, folder, kernels, effort);
        } finally {
            lock.close();
        }
        Journal journal = Journal.read(folder);
        Reports.write(folder, Results.of(read, journal, sweep.tasks()));
        answer(read, journal, folder);
        return failed ? ExitCode.RUNS_FAILED : ExitCode.FINE;
    }

    private Effort effort() {
        int wanted = forks != null ? forks : sweep.smoke() ? 1 : FORKS;
        double seconds = time != null ? time : sweep.smoke() ? SMOKE_SECONDS : SECONDS;
        if (wanted < 1) {
            throw new UsageException("--forks is " + wanted + ": must be at least 1");
        }
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            throw new UsageException("--time is " + seconds + ": must be a number of seconds above 0");
        }
        return new Effort(wanted, seconds, seconds);
    }

    private List<Timed> timed(Sweep read) {
        Labels labels = new Labels(read);
        return read.settings().stream()
                .map(setting -> FrozenWork.of(setting, sweep.tasks().get(setting))
                        .map(work -> new Timed(setting, labels.of(setting), work.batch()))
                        .orElseThrow(() -> new UsageException("setting " + setting.id() + " (" + labels.of(setting)
                                + ") neither trains nor measures bias: it has no gradients to time")))
                .toList();
    }

    private List<Timed> missing(List<Timed> all, TimingJournal timing) {
        List<Timed> missing =
                all.stream().filter(each -> !timing.isDone(each.setting)).toList();
        if (missing.size() < all.size()) {
            progress((all.size() - missing.size()) + " of " + all.size() + " settings were measured already");
        }
        return missing;
    }

    /** @return whether all came to a result */
    private boolean measure(
            Sweep read, List<Timed> missing, TimingJournal timing, Path folder, Kernels kernels, Effort effort)
            throws IOException {
        if (missing.isEmpty()) {
            return true;
        }
        Path log = TimingJournal.folder(folder).resolve(LOG);
        SettingTimer timer = new SettingTimer(SweepArgument.keep(read, folder), log, kernels.name(), effort);
        Set<Setting> failed = new HashSet<>();
        for (int fork = 0; fork < effort.forks(); fork++) {
            for (Timed each : missing) {
                if (timing.forks(each.setting) > fork || timing.isDone(each.setting) || failed.contains(each.setting)) {
                    continue;
                }
                try {
                    Fork measured = timer.time(each.setting, each.batch);
                    timing.add(each.setting, measured.nanos(), measured.bytes());
                    progress(String.format(
                            Locale.ROOT,
                            "fork %d/%d: %s, %.0f ns/step",
                            fork + 1,
                            effort.forks(),
                            each.label,
                            measured.nanos()));
                } catch (ForkFailedException e) {
                    failed.add(each.setting);
                    progress(each.label + " failed: " + e.getMessage() + " (more in " + log + ")");
                }
            }
        }
        return failed.isEmpty();
    }

    private void progress(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private void answer(Sweep read, Journal journal, Path folder) {
        PrintWriter out = spec.commandLine().getOut();
        TimingTable timings = new TimingTable(read, journal);
        if (json) {
            timings.trees().forEach(tree -> out.println(Json.write(tree)));
        } else {
            TextTable table = new TextTable(TimingTable.HEADINGS.toArray(String[]::new));
            timings.rows().forEach(row -> table.row(row.toArray(String[]::new)));
            out.print(table.text());
            out.println();
            out.println("Forward and backward of a time step of all lanes, parameters frozen; ratio to "
                    + (read.reference().isPresent() ? "the reference." : "the first setting."));
            if (sweep.smoke()) {
                out.println("Forks of a smoke test have no time to warm up: that they ran is all that they show.");
            }
            out.println(
                    "Results: " + folder.resolve("runtime.csv") + "; bptt explain nanos_per_step says what they mean");
        }
        out.flush();
    }
}
