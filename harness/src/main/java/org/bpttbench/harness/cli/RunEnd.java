package org.bpttbench.harness.cli;

import java.io.PrintWriter;
import java.util.List;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.run.RunnerEnd;
import org.bpttbench.harness.page.ReportFiles;
import org.bpttbench.harness.report.Results;
import org.bpttbench.harness.report.Summary;
import org.bpttbench.harness.report.Words;

/** What {@code bptt run} says at its end, and the exit code that goes with it. */
final class RunEnd {
    private static final int MOST_FAILURES = 5;

    private final SweepPart part;
    private final Journal journal;
    private final PrintWriter out;
    private final PrintWriter err;

    /** @param journal as it is now */
    RunEnd(SweepPart part, Journal journal, PrintWriter out, PrintWriter err) {
        this.part = part;
        this.journal = journal;
        this.out = out;
        this.err = err;
    }

    /** @param fresh whether all runs were to be made anew, which is not wanted of those that are by now */
    int interrupted(boolean fresh) {
        int all = part.runs().size();
        err.println("interrupted: " + (all - part.missing(journal).size()) + " of " + all
                + " runs are done; the same command goes on" + (fresh ? ", without --fresh" : ""));
        return ExitCode.INTERRUPTED;
    }

    /** @param budget as the user wrote it, if there was one */
    int shard(ShardEnd end, RunnerEnd why, String budget) {
        tellIfShort(why, budget);
        out.println(end.text());
        out.flush();
        return failures();
    }

    /** @param budget as the user wrote it, if there was one */
    int answered(Results results, RunnerEnd why, String budget) {
        out.println(Summary.text(results, Terminal.width()));
        out.println();
        out.println("Report: " + part.folder().resolve(ReportFiles.PAGE)
                + ", opens in any browser; figures/ has its figures as files");
        out.println("Results: " + part.folder() + "/*.csv; bptt explain COLUMN says what a column means");
        out.println("Next: bptt plan " + part.folder()
                + " shows what is done; add an axis and run again (more replicates are a"
                + " further look, which p pays for)");
        out.flush();
        tellIfShort(why, budget);
        return failures();
    }

    private void tellIfShort(RunnerEnd end, String budget) {
        new StoppedShort(part.sweep(), budget, journal::isDone).sentence(end).ifPresent(err::println);
    }

    private int failures() {
        List<RunRecord> failed = part.runs().stream()
                .map(run -> journal.runs().get(run.id()))
                .filter(record -> record != null && !record.outcome().isResult())
                .toList();
        failed.stream()
                .limit(MOST_FAILURES)
                .forEach(record -> err.println(Terminal.plain(
                        "run " + record.run() + " " + record.outcome().key() + ": " + record.message())));
        if (failed.isEmpty()) {
            return ExitCode.FINE;
        }
        err.println(Words.count(failed.size(), "run") + " of the sweep failed or timed out; "
                + part.folder().resolve(RunLog.FILE) + " has the stack traces");
        return ExitCode.RUNS_FAILED;
    }
}
