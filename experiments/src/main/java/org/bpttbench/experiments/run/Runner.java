package org.bpttbench.experiments.run;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
 * there. A run that breaks, or whose record is none that a journal can hold, is recorded as failed and the others go on; if
 * the journal cannot be written, all stop.
 */
public final class Runner {
    /** Characters of what a run broke with that its record has; the log has all of it. */
    private static final int LONGEST_MESSAGE = 2000;

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

    /** @param shard whose runs are made; its name is in those of its journal files, so that several may share a folder */
    public Runner(
            Path results,
            TaskShelf tasks,
            Kernels kernels,
            RunListener listener,
            RunPolicy policy,
            Optional<Shard> shard) {
        this(results, tasks, kernels, listener, policy, opener(shard));
    }

    /** Of the journal files of a shard, or of who makes all runs. */
    static Opener opener(Optional<Shard> shard) {
        return shard.map(part -> (Opener) (results, worker) -> Journal.open(results, part.label() + "-" + worker))
                .orElse(Journal::open);
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
     * Makes runs that are not in the journal yet, in the order given, as far as the policy's limits let it. Given none, writes
     * nothing, unless the policy is to be put on record.
     *
     * @param jobs how many at a time
     * @return why it did not begin another run
     * @throws IOException if the journal or a checkpoint cannot be written; what the journal holds stays
     */
    public RunnerEnd run(List<RunSpec> specs, int jobs) throws IOException {
        boolean telling = policy.fresh() || !policy.accepts().isEmpty();
        if (specs.isEmpty() && !telling) {
            return RunnerEnd.of(RunnerEnd.Why.ALL_MADE, 0);
        }
        List<String> ids = specs.stream().map(RunSpec::id).toList();
        if (policy.fresh()) {
            checkpoints.tidy(new HashSet<>(ids)::contains, run -> true);
        }
        Session session = Session.now(kernels, jobs, telling ? terms(ids) : Session.Terms.USUAL);
        AtomicInteger done = new AtomicInteger();
        int workers = Math.max(1, Math.min(jobs, specs.size()));
        HandOut runs = new HandOut(specs, workers, policy.limits(), System::nanoTime);
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        Timer clock = clock(runs);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                String name = "worker-" + worker;
                ends.add(pool.submit(() -> {
                    work(name, session, runs, done, clock);
                    return true;
                }));
            }
            awaitAll(ends);
        } finally {
            clock.cancel();
            pool.shutdown();
        }
        return runs.end();
    }

    /** What a session says of those before must not be undone by a clock that was set back. */
    private Session.Terms terms(List<String> runs) throws IOException {
        return new Session.Terms(
                policy.accepts(), policy.fresh(), runs, Journal.read(results).newest());
    }

    /** Counts the periods and minds the limits, so that runs need not look at the time at every window. */
    private Timer clock(HandOut runs) {
        Timer clock = new Timer("checkpoint-clock", true);
        policy.checkpoints()
                .ifPresent(
                        period -> clock.schedule(task(periods::incrementAndGet), period.toMillis(), period.toMillis()));
        runs.whenBegun(() -> policy.limits()
                .budget()
                .ifPresent(budget ->
                        clock.schedule(task(runs::timeIsOver), budget.time().toMillis())));
        return clock;
    }

    private static TimerTask task(Runnable action) {
        return new TimerTask() {
            @Override
            public void run() {
                action.run();
            }
        };
    }

    private void work(String worker, Session session, HandOut runs, AtomicInteger done, Timer clock)
            throws IOException {
        try (JournalWriter journal = opener.open(results, worker)) {
            journal.append(session.tree());
            while (!stopped()) {
                RunSpec spec = runs.next().orElse(null);
                if (spec == null) {
                    break;
                }
                RunRecord record = recorded(spec, make(spec, session, runs, clock), session, journal);
                if (record.outcome() != Outcome.TIMED_OUT) {
                    checkpoints.remove(spec.id());
                }
                synchronized (listener) {
                    listener.ended(spec, record, done.incrementAndGet(), runs.size());
                }
                runs.ended(spec, record);
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

    /**
     * Writes a record; in the place of one that is none for a journal, too large or with a number that JSON lacks, one that
     * says so.
     *
     * @return what was written
     */
    private RunRecord recorded(RunSpec spec, RunRecord record, Session session, JournalWriter journal)
            throws IOException {
        try {
            journal.append(record.toTree());
            return record;
        } catch (RuntimeException | Error e) {
            RunRecord told = failed(spec, session, e);
            journal.append(told.toTree());
            return told;
        }
    }

    private RunRecord failed(RunSpec spec, Session session, Throwable why) {
        synchronized (listener) {
            listener.failed(spec, why);
        }
        String message = String.valueOf(why);
        String told = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + '…';
        return unfinished(spec, session, Outcome.FAILED, told, OptionalLong.empty());
    }

    private boolean stopped() {
        return broken.wished() || policy.stop().wished();
    }

    private RunRecord make(RunSpec spec, Session session, HandOut runs, Timer clock) throws IOException {
        StopSignal late = new StopSignal();
        TimerTask limit = task(late::stop);
        policy.limits().perRun().ifPresent(most -> clock.schedule(limit, most.toMillis()));
        try {
            return execution(spec, runs, late).run(session.id());
        } catch (CheckpointKeeper.Left | CheckpointKeeper.Unwritable e) {
            throw e;
        } catch (CheckpointKeeper.Late e) {
            return unfinished(spec, session, Outcome.TIMED_OUT, tooLong(e), OptionalLong.of(e.nanos()));
        } catch (RuntimeException | Error e) {
            // Whatever one run meets, a plug-in's missing class or a stack that is too deep, need not be met by
            // another.
            return failed(spec, session, e);
        } finally {
            limit.cancel();
        }
    }

    /** At its start, or where it was left. */
    private Execution execution(RunSpec spec, HandOut runs, StopSignal late) throws IOException {
        Execution execution = saved(spec);
        if (execution == null) {
            execution = begin(spec);
        }
        Execution made = execution;
        CheckpointKeeper keeper = new CheckpointKeeper(
                checkpoints, periods::get, () -> policy.stop().wished() || runs.leaving(), late, spec.id(), listener);
        RunPosition position = RunPosition.of(spec, RunWork.of(spec.setting(), tasks.get(spec.setting())), made);
        synchronized (listener) {
            listener.began(position);
        }
        made.whenAtRest(() -> {
            if (broken.wished()) {
                throw new CheckpointKeeper.Left();
            }
            position.at(made.position(), made.measured());
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

    private String tooLong(CheckpointKeeper.Late late) {
        long limit = policy.limits().perRun().map(Duration::toMillis).orElse(0L);
        String seconds = BigDecimal.valueOf(limit, 3).stripTrailingZeros().toPlainString();
        return "took longer in this process than its limit of " + seconds + " s and was left " + late.getMessage()
                + "; run again, with a longer limit, to go on from its checkpoint";
    }

    private static RunRecord unfinished(
            RunSpec spec, Session session, Outcome outcome, String message, OptionalLong nanos) {
        return new RunRecord(
                spec.id(),
                spec.setting().id(),
                spec.replicate(),
                spec.setting().identity(),
                outcome,
                message,
                RunRecord.Training.NONE,
                List.of(),
                Map.of(),
                List.of(),
                session.id(),
                nanos);
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
