package org.bpttbench.harness.jmh;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.bpttbench.experiments.run.TimingRecord.Effort;
import org.bpttbench.experiments.spec.Setting;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Benchmarks settings of a sweep, each call in a virtual machine of its own with the options of this one. What JMH says goes
 * to a log file. A fork warms up for as long as it is asked to, and before that until its speed has {@link Settling settled}.
 */
public final class SettingTimer {
    private static final int ITERATIONS = 5;
    /** Times the warm-up, for what takes its time to settle. */
    private static final int PATIENCE = 20;

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * Agents of this virtual machine have no business in a benchmark: they instrument, or listen where this one does. Nor is a
     * fork to write over an archive of classes.
     */
    private static final List<String> NOT_HANDED_ON =
            List.of("-javaagent:", "-agentlib:", "-agentpath:", "-Xdebug", "-Xrun", "-XX:ArchiveClassesAtExit");

    private final Path sweep;
    private final Path log;
    private final String backend;
    private final Effort effort;

    /**
     * What one virtual machine measured.
     *
     * @param nanos mean time of a step of all lanes
     * @param bytes allocated in a step
     */
    public record Fork(double nanos, double bytes) {}

    /** A benchmark that did not end; the others may. */
    public static final class ForkFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        ForkFailedException(String message) {
            super(message);
        }

        ForkFailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * @param sweep file in which the settings are found
     * @param log appended to
     * @param backend a name that this virtual machine has
     * @param effort its forks are the caller's business
     */
    public SettingTimer(Path sweep, Path log, String backend, Effort effort) {
        this.sweep = sweep;
        this.log = log;
        this.backend = backend;
        this.effort = effort;
    }

    /**
     * Starts a virtual machine, warms up and measures.
     *
     * @param steps of an invocation
     * @throws ForkFailedException if it did not come to a result
     * @throws IOException if the log cannot be written
     */
    public Fork time(Setting setting, long steps) throws IOException, ForkFailedException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        try (OutputStream file = Files.newOutputStream(
                        log, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
                PrintStream text = new PrintStream(file, true, StandardCharsets.UTF_8)) {
            Runner runner = new Runner(
                    options(setting, steps), OutputFormatFactory.createFormatInstance(text, VerboseMode.NORMAL));
            return fork(runner.runSingle().getBenchmarkResults().iterator().next());
        } catch (RunnerException e) {
            throw new ForkFailedException(reason(e), e);
        }
    }

    private Options options(Setting setting, long steps) {
        return new OptionsBuilder()
                .include("^" + SettingBenchmark.class.getName().replace(".", "\\.") + "\\.")
                .param("sweep", sweep.toAbsolutePath().toString())
                .param("setting", setting.id())
                .param("backend", backend)
                .param("steps", Long.toString(steps))
                .param("patience", Long.toString(Math.round(PATIENCE * 1000 * effort.warmUpSeconds())))
                .operationsPerInvocation(Math.toIntExact(steps))
                .forks(1)
                .jvmArgs(jvmArguments().toArray(String[]::new))
                .warmupIterations(ITERATIONS)
                .warmupTime(iteration(effort.warmUpSeconds()))
                .measurementIterations(ITERATIONS)
                .measurementTime(iteration(effort.seconds()))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
    }

    /** Heap, collector and modules as here, so that the backend is there if it is here; JMH adds the class path. */
    private static List<String> jvmArguments() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> NOT_HANDED_ON.stream().noneMatch(argument::startsWith))
                .toList();
    }

    private static TimeValue iteration(double seconds) {
        return TimeValue.microseconds(Math.max(1, Math.round(seconds * 1e6 / ITERATIONS)));
    }

    private static Fork fork(BenchmarkResult result) throws ForkFailedException {
        String allocated = result.getSecondaryResults().keySet().stream()
                .filter(name -> name.endsWith(ALLOCATED))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("JMH told no " + ALLOCATED));
        double bytes = Objects.requireNonNull(result.getSecondaryResults().get(allocated))
                .getScore();
        double nanos = result.getPrimaryResult().getScore();
        if (!Double.isFinite(nanos) || !Double.isFinite(bytes)) {
            throw new ForkFailedException("JMH told " + nanos + " ns and " + bytes + " bytes a step");
        }
        return new Fork(nanos, bytes);
    }

    /** The innermost message; JMH keeps what the benchmark threw as suppressed. */
    private static String reason(Throwable thrown) {
        Throwable inner = thrown;
        while (true) {
            if (inner.getCause() != null) {
                inner = inner.getCause();
            } else if (inner.getSuppressed().length > 0) {
                inner = inner.getSuppressed()[0];
            } else {
                return String.valueOf(inner.getMessage() == null ? inner : inner.getMessage());
            }
        }
    }
}
