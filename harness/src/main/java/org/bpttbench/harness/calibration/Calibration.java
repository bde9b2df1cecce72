package org.bpttbench.harness.calibration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the cells of a plan that a results folder lacks, several at a time. Counts do not depend on how many. */
public final class Calibration {
    private static final double NANOS = 1e9;

    private final CalibrationPlan plan;
    private final Path folder;
    private final Listener listener;
    private final Map<Subject, Subject.Prepared> subjects = new ConcurrentHashMap<>();
    private final AtomicInteger done = new AtomicInteger();

    /** Told of each cell as it ends, by one thread at a time. */
    @FunctionalInterface
    public interface Listener {
        void ended(CalibrationCell cell, CellResult result, double seconds, int done, int missing);

        /** Something that the user should know, a sentence. */
        default void note(String sentence) {
            // Nothing to most.
        }
    }

    /** @param folder for the journal, made if need be */
    public Calibration(CalibrationPlan plan, Path folder, Listener listener) {
        this.plan = plan;
        this.folder = folder;
        this.listener = listener;
    }

    /**
     * Makes the cells that are missing and returns all, in the order of the plan.
     *
     * @param jobs how many at a time
     * @throws IOException if the journal cannot be read or written; what it holds stays
     */
    public Map<CalibrationCell, CellResult> run(int jobs) throws IOException {
        Map<String, CellResult> known = CalibrationJournal.read(folder, listener::note);
        List<CalibrationCell> missing = plan.cells().stream()
                .filter(cell -> !known.containsKey(plan.id(cell)))
                .toList();
        if (!missing.isEmpty()) {
            make(missing, jobs);
            known.putAll(CalibrationJournal.read(folder, sentence -> {})); // told already
        }
        Map<CalibrationCell, CellResult> results = new LinkedHashMap<>();
        plan.cells().forEach(cell -> results.put(cell, Objects.requireNonNull(known.get(plan.id(cell)))));
        return results;
    }

    private void make(List<CalibrationCell> missing, int jobs) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(jobs, missing.size()));
        try (CalibrationJournal journal = CalibrationJournal.open(folder)) {
            List<Future<?>> ends = new ArrayList<>();
            for (CalibrationCell cell : missing) {
                ends.add(pool.submit(() -> make(cell, journal, missing.size())));
            }
            for (Future<?> end : ends) {
                await(end);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void make(CalibrationCell cell, CalibrationJournal journal, int missing) {
        long start = System.nanoTime();
        Subject.Prepared subject = subjects.computeIfAbsent(
                cell.subject(), each -> each.prepare(plan.seeds().at("inputs")));
        CellResult result = new CellTrial(plan, cell, subject).run();
        double seconds = (System.nanoTime() - start) / NANOS;
        try {
            journal.append(plan.id(cell), cell, result, seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        synchronized (listener) {
            listener.ended(cell, result, seconds, done.incrementAndGet(), missing);
        }
    }

    private static void await(Future<?> end) throws IOException {
        try {
            end.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException io) {
                throw new IOException(io.getMessage(), io);
            }
            throw new IllegalStateException("a worker broke", e.getCause());
        }
    }
}
