package org.bpttbench.experiments.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.spec.RunSpec;

/**
 * Makes runs, several at a time, and writes each to the journal as it ends. Results depend neither on the number of workers
 * nor on the order. A run that breaks is recorded as failed and the others go on.
 */
public final class Runner {
    private final Path results;
    private final TaskShelf tasks;
    private final Kernels kernels;
    private final RunListener listener;

    /** @param results the sweep's results folder, made if need be */
    public Runner(Path results, TaskShelf tasks, Kernels kernels, RunListener listener) {
        this.results = results;
        this.tasks = tasks;
        this.kernels = kernels;
        this.listener = listener;
    }

    /**
     * Makes runs that are not in the journal yet. Given none, writes nothing.
     *
     * @param jobs how many at a time
     * @throws IOException if the journal cannot be written; what it holds stays
     */
    public void run(List<RunSpec> specs, int jobs) throws IOException {
        if (specs.isEmpty()) {
            return;
        }
        Session session = Session.now(kernels, jobs);
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        int workers = Math.min(jobs, specs.size());
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                String name = "worker-" + worker;
                ends.add(pool.submit(() -> work(name, session, specs, next, done)));
            }
            for (Future<?> end : ends) {
                await(end);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void work(String worker, Session session, List<RunSpec> specs, AtomicInteger next, AtomicInteger done) {
        try (JournalWriter journal = Journal.open(results, worker)) {
            journal.append(session.tree());
            for (int i = next.getAndIncrement(); i < specs.size(); i = next.getAndIncrement()) {
                RunSpec spec = specs.get(i);
                RunRecord record = execute(spec, session);
                journal.append(record.toTree());
                synchronized (listener) {
                    listener.ended(spec, record, done.incrementAndGet(), specs.size());
                }
            }
        } catch (IOException e) {
            // The other workers would fail the same way; leave them nothing to start.
            next.set(specs.size());
            throw new UncheckedIOException(e);
        }
    }

    private RunRecord execute(RunSpec spec, Session session) {
        try {
            return new Execution(spec, tasks.get(spec.setting()), kernels).run(session.id());
        } catch (RuntimeException | OutOfMemoryError e) {
            return failed(spec, session, e);
        }
    }

    private static RunRecord failed(RunSpec spec, Session session, Throwable cause) {
        return new RunRecord(
                spec.id(),
                spec.setting().id(),
                spec.replicate(),
                spec.setting().identity(),
                Outcome.FAILED,
                String.valueOf(cause),
                RunRecord.Training.NONE,
                List.of(),
                Map.of(),
                List.of(),
                session.id());
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
