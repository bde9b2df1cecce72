package org.bpttbench.experiments.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.experiments.spec.RunSpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes runs, several at a time, and writes each to the journal as it ends. Results depend neither on the number of workers
 * nor on the order, nor on how often the process was killed on the way: a run that an earlier process saved goes on from
 * there. A run that breaks is recorded as failed and the others go on; if the journal cannot be written, all stop.
 */
public final class Runner {
    private final Path results;
    private final TaskShelf tasks;
    private final Kernels kernels;
    private final RunListener listener;
    private final RunPolicy policy;
    private final Opener opener;
    private final CheckpointFolder checkpoints;
    private final AtomicLong periods = new AtomicLong();
    /** Set when one worker cannot go on: then the others need not either. */
    private final StopSignal broken = new StopSignal();

    /** Opens a worker's journal. */
    @FunctionalInterface
    interface Opener {
        JournalWriter open(Path results, String worker) throws IOException;
    }

    /** With a checkpoint every minute. */
    public Runner(Path results, TaskShelf tasks, Kernels kernels, RunListener listener) {
        this(results, tasks, kernels, listener, RunPolicy.usual());
    }

    /** @param results the sweep's results folder, made if need be */
    public Runner(Path results, TaskShelf tasks, Kernels kernels, RunListener listener, RunPolicy policy) {
        this(results, tasks, kernels, listener, policy, Journal::open);
    }

    Runner(Path results, TaskShelf tasks, Kernels kernels, RunListener listener, RunPolicy policy, Opener opener) {
        this.results = results;
        this.tasks = tasks;
        this.kernels = kernels;
        this.listener = listener;
        this.policy = policy;
        this.opener = opener;
        this.checkpoints = new CheckpointFolder(results);
    }

    /**
     * Makes runs that are not in the journal yet. Given none, writes nothing, unless the policy is to be put on record.
     *
     * @param jobs how many at a time
     * @throws IOException if the journal or a checkpoint cannot be written; what the journal holds stays
     */
    public void run(List<RunSpec> specs, int jobs) throws IOException {
        boolean telling = policy.fresh() || !policy.accepts().isEmpty();
        if (specs.isEmpty() && !telling) {
            return;
        }
        if (policy.fresh()) {
            checkpoints.tidy(run -> true);
        }
        Session session = Session.now(kernels, jobs, telling ? terms() : Session.Terms.USUAL);
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        int workers = Math.max(1, Math.min(jobs, specs.size()));
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        Timer clock = clock();
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                String name = "worker-" + worker;
                ends.add(pool.submit(() -> {
                    work(name, session, specs, next, done);
                    return true;
                }));
            }
            awaitAll(ends);
        } finally {
            clock.cancel();
            pool.shutdown();
        }
    }

    /** What a session says of those before must not be undone by a clock that was set back. */
    private Session.Terms terms() throws IOException {
        return new Session.Terms(
                policy.accepts(), policy.fresh(), Journal.read(results).newest());
    }

    /** Counts the periods, so that runs need not look at the time at every window. */
    private Timer clock() {
        Timer clock = new Timer("checkpoint-clock", true);
        TimerTask counting = new TimerTask() {
            @Override
            public void run() {
                periods.incrementAndGet();
            }
        };
        policy.checkpoints().ifPresent(period -> clock.schedule(counting, period.toMillis(), period.toMillis()));
        return clock;
    }

    private void work(String worker, Session session, List<RunSpec> specs, AtomicInteger next, AtomicInteger done)
            throws IOException {
        try (JournalWriter journal = opener.open(results, worker)) {
            journal.append(session.tree());
            for (int i = next.getAndIncrement(); i < specs.size() && !stopped(); i = next.getAndIncrement()) {
                RunSpec spec = specs.get(i);
                RunRecord record = make(spec, session);
                journal.append(record.toTree());
                checkpoints.remove(spec.id());
                synchronized (listener) {
                    listener.ended(spec, record, done.incrementAndGet(), specs.size());
                }
            }
        } catch (CheckpointKeeper.Left e) {
            // Its place is kept.
        } catch (CheckpointKeeper.Unwritable e) {
            broken.stop();
            throw e.io();
        } catch (IOException | RuntimeException | Error e) {
            // The other workers would fail the same way.
            broken.stop();
            throw e;
        }
    }

    private boolean stopped() {
        return broken.wished() || policy.stop().wished();
    }

    private RunRecord make(RunSpec spec, Session session) throws IOException {
        try {
            return execution(spec).run(session.id());
        } catch (CheckpointKeeper.Left | CheckpointKeeper.Unwritable e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            return failed(spec, session, e);
        }
    }

    /** At its start, or where it was left. */
    private Execution execution(RunSpec spec) throws IOException {
        Execution execution = saved(spec);
        if (execution == null) {
            execution = begin(spec);
        }
        Execution made = execution;
        CheckpointKeeper keeper = new CheckpointKeeper(checkpoints, periods::get, policy.stop(), spec.id(), listener);
        made.whenAtRest(() -> {
            if (broken.wished()) {
                throw new CheckpointKeeper.Left();
            }
            keeper.atRest(made);
        });
        return made;
    }

    private Execution begin(RunSpec spec) {
        return new Execution(spec, tasks.get(spec.setting()), kernels);
    }

    private @Nullable Execution saved(RunSpec spec) throws IOException {
        Checkpoint checkpoint = checkpoints.read(spec.id(), this::note).orElse(null);
        if (checkpoint == null) {
            return null;
        }
        try {
            Execution execution = begin(spec);
            StateReader in = new StateReader(checkpoint.state());
            execution.load(in);
            in.end();
            synchronized (listener) {
                listener.resumed(spec, checkpoint.step(), execution.end());
            }
            return execution;
        } catch (RuntimeException | OutOfMemoryError e) {
            note(checkpoints.ignored(spec.id(), String.valueOf(e.getMessage())));
            return null;
        }
    }

    private void note(String sentence) {
        synchronized (listener) {
            listener.note(sentence);
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

    /** Ends when all have, so that nobody writes to the folder any more; then tells of the first that broke. */
    private static void awaitAll(List<Future<?>> ends) throws IOException {
        IOException first = null;
        for (Future<?> end : ends) {
            try {
                await(end);
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static void await(Future<?> end) throws IOException {
        try {
            end.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("a worker broke", e.getCause());
        }
    }
}
