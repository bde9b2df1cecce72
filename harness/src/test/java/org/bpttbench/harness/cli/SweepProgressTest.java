package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.FolderLock;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.run.RunInFlight;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.experiments.run.RunnerEnd;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.harness.cli.SweepProgress.Running;
import org.bpttbench.harness.cli.SweepProgress.State;
import org.bpttbench.harness.report.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Progress, on a clock that the test sets: what is computed of it, and what is told where. */
class SweepProgressTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String CLEAR = "\r\033[K";

    /** Three settings, two replicates: runs 0 and 1 are of full, 2 and 3 of length 5, 4 and 5 of length 20. */
    private static final Sweep SWEEP = new SweepReader(Bundled.catalogs(new TaskShelf())).read("x.yaml", """
                    name: told
                    seed: 1
                    replicates: 2
                    task: {type: linear-drive, a: 0.5}
                    init: {type: constant, value: 0.5}
                    train: {steps: 1000, sequence: 100, optimizer: {type: sgd, rate: 1.0e-6}}
                    grid: {estimator: [full, {type: tbptt, length: [5, 20]}]}
                    """);

    private static final List<RunSpec> RUNS = SWEEP.settings().stream()
            .flatMap(setting -> SWEEP.runs(setting).stream())
            .toList();
    private static final Function<Setting, String> LABELS = new Labels(SWEEP)::of;

    @TempDir
    Path folder;

    private long now = 1_000 * SECOND;
    private final Map<RunSpec, Double> costs = new HashMap<>();
    private final List<String> learnt = new ArrayList<>();

    /** A run whose position the test sets. */
    private static final class Flight implements RunInFlight {
        private final RunSpec spec;
        private final double startShare;
        private long step;

        Flight(RunSpec spec, double startShare) {
            this.spec = spec;
            this.startShare = startShare;
            this.step = (long) (1000 * startShare);
        }

        @Override
        public RunSpec spec() {
            return spec;
        }

        @Override
        public long step() {
            return step;
        }

        @Override
        public long end() {
            return 1000;
        }

        @Override
        public double share() {
            return step / 1000.0;
        }

        @Override
        public double startShare() {
            return startShare;
        }
    }

    private SweepProgress progress(Map<RunSpec, Outcome> ended, int workers) {
        return new SweepProgress(
                RUNS,
                ended,
                run -> costs.getOrDefault(RUNS.get(RUNS.indexOf(run)), 1.0),
                (run, record) -> learnt.add(run.id()),
                workers,
                () -> now);
    }

    private static RunRecord record(RunSpec run, Outcome outcome, String message) {
        return new RunRecord(
                run.id(),
                run.setting().id(),
                run.replicate(),
                run.setting().identity(),
                outcome,
                message,
                RunRecord.Training.NONE,
                List.of(),
                Map.of(),
                List.of(),
                "here",
                OptionalLong.of(1_234_567_890L));
    }

    /** A run from its beginning to its end, in no time. */
    private static void make(SweepProgress progress, int run) {
        progress.began(new Flight(RUNS.get(run), 0));
        end(progress, run, Outcome.DONE);
    }

    private static void end(SweepProgress progress, int run, Outcome outcome) {
        progress.ended(RUNS.get(run), record(RUNS.get(run), outcome, ""), 0, 0);
    }

    private void after(double seconds) {
        now += (long) (seconds * SECOND);
    }

    /** Costs 1, 1, 2, 2, 4, 4: 14 in all. One of the first was there before. */
    @Test
    void sharesAreWeightedByCostAndCountWhatIsOnItsWay() {
        List<Double> each = List.of(1.0, 1.0, 2.0, 2.0, 4.0, 4.0);
        RUNS.forEach(run -> costs.put(run, each.get(RUNS.indexOf(run))));
        SweepProgress progress = progress(Map.of(RUNS.get(0), Outcome.DIVERGED), 2);
        assertThat(progress.state().share()).isEqualTo(1 / 14.0, within(1e-15));
        Flight long1 = new Flight(RUNS.get(4), 0);
        Flight resumed = new Flight(RUNS.get(5), 0.25);
        progress.began(long1);
        progress.began(resumed);
        after(10);
        long1.step = 500;
        resumed.step = 500;
        State state = progress.state();
        assertThat(state.total()).isEqualTo(6);
        assertThat(state.counts()).containsExactly(Map.entry(Outcome.DIVERGED, 1));
        assertThat(state.share()).isEqualTo((1 + 2 + 2) / 14.0, within(1e-15));
        assertThat(state.elapsed()).isEqualTo(10);
        // Done here: 2 of the one and 1 of the other, in 10 s; 9 are left.
        assertThat(state.left().orElseThrow()).isEqualTo(30, within(1e-9));
        assertThat(state.running())
                .containsExactly(
                        new Running(RUNS.get(4), 500, 1000, 0.5, 10), new Running(RUNS.get(5), 500, 1000, 0.5, 10));
        after(10);
        end(progress, 4, Outcome.DONE);
        end(progress, 5, Outcome.FAILED);
        assertThat(learnt).containsExactly(RUNS.get(4).id(), RUNS.get(5).id());
        state = progress.state();
        assertThat(state.running()).isEmpty();
        assertThat(state.counts())
                .containsOnly(Map.entry(Outcome.DONE, 1), Map.entry(Outcome.DIVERGED, 1), Map.entry(Outcome.FAILED, 1));
        assertThat(state.share()).isEqualTo(9 / 14.0, within(1e-15));
        // What failed is over at its half, of which this process did half: 5 in 20 s, 5 are left.
        assertThat(state.left().orElseThrow()).isEqualTo(20, within(1e-9));
        for (int run = 1; run < 4; run++) {
            make(progress, run);
        }
        assertThat(progress.state().share()).isEqualTo(1);
        assertThat(progress.state().left().orElseThrow()).isZero();
    }

    /** Of two workers one has nothing to do any more: what is left takes one worker's time, not half of it. */
    @Test
    void theLastRunIsNotSharedAmongWorkers() {
        SweepProgress progress = progress(Map.of(), 2);
        Flight last = new Flight(RUNS.get(5), 0);
        progress.began(last);
        for (int run = 0; run < 5; run++) {
            make(progress, run);
        }
        after(25);
        last.step = 1;
        // 5.001 in 25 s of two workers; 0.999 by one.
        assertThat(progress.state().left().orElseThrow()).isEqualTo(0.999 * 2 / 5.001 * 25, within(1e-9));
    }

    @Test
    void nothingIsSaidOfWhatIsLeftBeforeSomethingIsKnown() {
        SweepProgress progress = progress(Map.of(), 1);
        Flight run = new Flight(RUNS.get(0), 0);
        progress.began(run);
        after(1);
        run.step = 900;
        assertThat(progress.state().left()).as("too early").isEmpty();
        run.step = 10;
        after(30);
        assertThat(progress.state().left()).as("too little").isEmpty();
        after(30);
        assertThat(progress.state().left()).as("little, but for long").isPresent();
        run.step = 900;
        assertThat(progress.state().left().orElseThrow()).isEqualTo(5.1 / 0.9 * 61, within(1e-9));
    }

    /** Predictions are renewed when runs have ended, but not at every look. */
    @Test
    void predictionsLearn() {
        SweepProgress progress = progress(Map.of(RUNS.get(0), Outcome.DONE), 1);
        assertThat(progress.state().share()).isEqualTo(1 / 6.0, within(1e-15));
        costs.put(RUNS.get(0), 6.0);
        after(60);
        assertThat(progress.state().share()).as("nothing has ended").isEqualTo(1 / 6.0, within(1e-15));
        end(progress, 1, Outcome.DONE);
        assertThat(progress.state().share()).isEqualTo(12 / 16.0, within(1e-15));
        costs.put(RUNS.get(0), 1.0);
        end(progress, 2, Outcome.DONE);
        after(1);
        assertThat(progress.state().share()).as("just asked").isEqualTo(13 / 16.0, within(1e-15));
        after(5);
        assertThat(progress.state().share()).isEqualTo(3 / 6.0, within(1e-15));
    }

    private static final State STATE = new State(
            60,
            Map.of(Outcome.DONE, 22, Outcome.DIVERGED, 2, Outcome.FAILED, 1, Outcome.TIMED_OUT, 3),
            0.4299,
            200,
            OptionalDouble.of(12_000),
            List.of(
                    new Running(RUNS.get(2), 630, 1000, 0.63, 20),
                    new Running(RUNS.get(1), 0, 1000, 0, 1),
                    new Running(RUNS.get(5), 10, 1000, 0.01, 1)));

    private static final State FEW = new State(
            60,
            Map.of(Outcome.DONE, 25),
            0.4299,
            200,
            OptionalDouble.empty(),
            List.of(new Running(RUNS.get(2), 630, 1000, 0.63, 20), new Running(RUNS.get(1), 0, 1000, 0, 1)));

    @Test
    void theBarShowsWhatFits() {
        assertThat(ProgressText.bar(STATE, LABELS, 20, false)).isEqualTo(" 42% 28/60");
        assertThat(ProgressText.bar(FEW, LABELS, 20, false)).isEqualTo(" 42% 25/60 runs");
        assertThat(ProgressText.bar(FEW, LABELS, 80, false))
                .isEqualTo(" 42% [====>     ] 25/60 runs | 3m 20s | tbptt length=5 #0 63%, full #1");
        assertThat(ProgressText.bar(STATE, LABELS, 80, false))
                .isEqualTo(" 42% 28/60 runs, 2 diverged, 1 failed, 3 timed out | 3m 20s, 3h 20m left");
        assertThat(ProgressText.bar(STATE, LABELS, 160, false))
                .isEqualTo(" 42% [========>          ] 28/60 runs, 2 diverged, 1 failed, 3 timed out | 3m 20s, 3h 20m"
                        + " left | tbptt length=5 #0 63%, full #1, tbptt length=20 #1 1%");
        assertThat(ProgressText.bar(STATE, LABELS, 120, false))
                .endsWith(" | 3m 20s, 3h 20m left | tbptt length=5 #0 63%, +2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10, 20, 40, 60, 66, 80, 90, 100, 120, 160, 400})
    void theBarNeverReachesTheLastColumn(int width) {
        for (State state : List.of(STATE, FEW)) {
            String bar = ProgressText.bar(state, LABELS, width, false);
            assertThat(bar).hasSizeLessThan(width).doesNotContain("\n");
            String coloured = ProgressText.bar(state, LABELS, width, true);
            assertThat(coloured.replaceAll("\033\\[[0-9]+m", "")).isEqualTo(bar);
        }
    }

    @Test
    void onlyWhatFailedIsRed() {
        assertThat(ProgressText.bar(STATE, LABELS, 160, true))
                .contains(", 2 diverged, \033[31m1 failed\033[0m, \033[31m3 timed out\033[0m | ");
        assertThat(ProgressText.bar(FEW, LABELS, 160, true)).doesNotContain("\033");
    }

    @Test
    void aLabelTooLongIsCutAndOneThatMovesTheCursorIsTamed() {
        assertThat(ProgressText.bar(FEW, setting -> "x".repeat(90), 80, false))
                .hasSize(79)
                .endsWith("xxx..");
        assertThat(ProgressText.bar(FEW, setting -> "a\033[2J\nb", 80, false)).contains("a\uFFFD[2J b #0");
    }

    /** Not 100 before the end, whatever the shares say. */
    @Test
    void aHundredPerCentIsTheEnd() {
        Map<Outcome, Integer> all = Map.of(Outcome.DONE, 60);
        State almost = new State(60, Map.of(Outcome.DONE, 59), 1, 9, OptionalDouble.of(0.01), List.of());
        assertThat(ProgressText.bar(almost, LABELS, 80, false)).isEqualTo(" 99% [=========>] 59/60 runs | 9s, 1s left");
        assertThat(ProgressText.bar(new State(60, all, 1, 9, OptionalDouble.empty(), List.of()), LABELS, 80, false))
                .startsWith("100% [");
    }

    @Test
    void aLineOfALogHasAllOfIt() {
        assertThat(ProgressText.line(STATE, LABELS))
                .isEqualTo("28/60 runs, 2 diverged, 1 failed, 3 timed out, 42% in 3m 20s, about 3h 20m left; now tbptt"
                        + " length=5, replicate 0 at step 630 of 1000, full, replicate 1 at step 0 of 1000 and tbptt"
                        + " length=20, replicate 1 at step 10 of 1000");
        assertThat(ProgressText.end(FEW)).isEqualTo("25/60 runs in 3m 20s");
    }

    @ParameterizedTest
    @CsvSource({
        "'', xterm, '', '', false, 80, false",
        "97, xterm, '', '', true, 97, true",
        "97, xterm, 1, '', true, 97, false",
        "97, dumb, '', '', false, 97, false",
        "97, '', '', '', false, 97, false",
        "0, xterm, '', 120, true, 120, true",
        "0, xterm, '', '', true, 80, true",
    })
    void theTerminalIsWhatTheLauncherSays(
            String told, String kind, String noColor, String columns, boolean inPlace, int width, boolean colour) {
        Map<String, String> environment =
                Map.of("BPTT_ERR_COLUMNS", told, "TERM", kind, "NO_COLOR", noColor, "COLUMNS", columns);
        assertThat(Terminal.err(environment)).isEqualTo(new Terminal.Err(inPlace, width, colour));
        assertThat(Terminal.err(Map.of())).isEqualTo(new Terminal.Err(false, 80, false));
    }

    private final StringWriter err = new StringWriter();

    private RunWatch watch(boolean inPlace, boolean quiet) {
        Screen screen = new Screen(new PrintWriter(err), new Terminal.Err(inPlace, 80, false));
        RunLog log = new RunLog(folder, LABELS, InstantSource.fixed(Instant.EPOCH), screen::say);
        ProgressFile file = new ProgressFile(folder, "", "bptt run x", 1);
        return new RunWatch(screen, quiet, progress(Map.of(), 1), log, file, LABELS, () -> now);
    }

    private static void end(RunWatch watch, int run, Outcome outcome, String message) {
        watch.ended(RUNS.get(run), record(RUNS.get(run), outcome, message), 0, 0);
    }

    private static RunnerEnd over(RunnerEnd.Why why) {
        return new RunnerEnd(why, 0, 0, Duration.ZERO, Duration.ZERO);
    }

    /** What the terminal shows is what stands since the last return, if nothing is drawn after it. */
    @Test
    void theBarIsClearedBeforeAnyOtherLineAndAtTheEnd() {
        try (RunWatch watch = watch(true, false)) {
            watch.look();
            String bar = "\r\033[?7l  0% [>         ] 0/6 runs | 1s\033[K\033[?7h";
            assertThat(err.toString()).isEqualTo(bar);
            watch.look();
            assertThat(err.toString()).as("nothing new").isEqualTo(bar);
            watch.began(new Flight(RUNS.get(0), 0));
            end(watch, 0, Outcome.DONE, "");
            assertThat(err.toString()).as("drawn when it is looked at").isEqualTo(bar);
            end(watch, 2, Outcome.FAILED, "it broke\nbadly");
            String line = "run " + RUNS.get(2).id() + " (tbptt length=5, replicate 0) failed: it broke badly\n";
            assertThat(err.toString()).isEqualTo(bar + CLEAR + line);
            watch.note("by the way");
            after(5);
            watch.look();
            String second = "\r\033[?7l 33% [===>      ] 2/6 runs, 1 failed | 5s, 20s left\033[K\033[?7h";
            assertThat(err.toString()).isEqualTo(bar + CLEAR + line + "by the way\n" + second);
            watch.finished(over(RunnerEnd.Why.ALL_MADE));
            watch.look();
            assertThat(err.toString())
                    .isEqualTo(bar + CLEAR + line + "by the way\n" + second + CLEAR + "2/6 runs, 1 failed in 5s\n");
        }
    }

    @Test
    void elsewhereThereIsALineAMinute() {
        try (RunWatch watch = watch(false, false)) {
            for (int second = 0; second < 119; second++) {
                watch.look();
                after(1);
            }
            assertThat(err.toString()).isEqualTo("0/6 runs, 0% in 1m\n");
            watch.began(new Flight(RUNS.get(0), 0));
            end(watch, 0, Outcome.DONE, "");
            end(watch, 1, Outcome.DIVERGED, "the loss is not finite");
            after(1);
            watch.look();
            watch.finished(over(RunnerEnd.Why.ALL_MADE));
            assertThat(err.toString())
                    .isEqualTo("0/6 runs, 0% in 1m\nrun " + RUNS.get(1).id()
                            + " (full, replicate 1) diverged: the loss is not finite\n"
                            + "2/6 runs, 1 diverged, 33% in 2m, about 8m left\n2/6 runs, 1 diverged in 2m\n");
        }
    }

    @Test
    void quietSaysNothing() throws IOException {
        for (boolean inPlace : new boolean[] {false, true}) {
            try (RunWatch watch = watch(inPlace, true)) {
                after(100);
                watch.look();
                end(watch, 0, Outcome.FAILED, "it broke");
                watch.note("by the way");
                watch.resumed(RUNS.get(1), 3, 9);
                watch.finished(over(RunnerEnd.Why.ALL_MADE));
            }
        }
        assertThat(err.toString()).isEmpty();
        assertThat(Files.readString(folder.resolve("bptt.log")))
                .contains("by the way")
                .contains("it broke");
    }

    @Test
    void theFileSaysHowItStandsEveryThreeSecondsAndGoesAtTheEnd() throws IOException {
        RunWatch watch = watch(true, false);
        watch.look();
        Path file = folder.resolve("progress.json");
        Files.delete(file);
        after(2);
        watch.look();
        assertThat(file).as("too soon").doesNotExist();
        watch.began(new Flight(RUNS.get(2), 0));
        watch.look();
        assertThat(file).as("the first run").exists();
        Files.delete(file);
        watch.ended(RUNS.get(2), record(RUNS.get(2), Outcome.FAILED, ""), 0, 0);
        Flight run = new Flight(RUNS.get(3), 0);
        watch.began(run);
        run.step = 750;
        after(2);
        watch.look();
        assertThat(file).as("too soon again").doesNotExist();
        after(1);
        watch.look();
        ProgressFile.Content content = ProgressFile.read(folder).get(0);
        assertThat(content.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(content.command()).isEqualTo("bptt run x");
        assertThat(content.tree().whole("jobs")).isEqualTo(1);
        assertThat(content.tree().real("share")).isEqualTo(1.75 / 6, within(1e-15));
        assertThat(content.tree().real("elapsed_seconds")).isEqualTo(5.0);
        assertThat(content.tree().real("left_seconds")).isEqualTo(4.25 / 0.75 * 5, within(1e-9));
        List<?> running = content.tree().list("running");
        assertThat(running).hasSize(1);
        assertThat(running.get(0))
                .isEqualTo(Map.of("run", RUNS.get(3).id(), "step", 750L, "end", 1000L, "share", 0.75, "seconds", 3.0));
        assertThat(content.host()).isEqualTo(FolderLock.host());
        new ProgressFile(folder, "shard-1-of-4", "bptt run y", 1).write(STATE, Instant.EPOCH);
        assertThat(ProgressFile.read(folder)).hasSize(2);
        watch.close();
        watch.look();
        assertThat(file).doesNotExist();
        assertThat(ProgressFile.read(folder)).extracting("command").containsExactly("bptt run y");
        Files.delete(folder.resolve("progress-shard-1-of-4.json"));
        for (String text : List.of("", "[]", "{}", "{\"pid\":1,\"written\":\"now\",\"command\":\"x\"}")) {
            Files.writeString(file, text);
            assertThat(ProgressFile.read(folder)).as(text).isEmpty();
        }
    }

    @Test
    void theLogTellsBeginningsEndsAndStackTraces() throws IOException {
        String run = "run " + RUNS.get(2).id() + " (tbptt length=5, replicate 0)";
        for (int session = 0; session < 2; session++) {
            try (RunLog log = new RunLog(folder, LABELS, InstantSource.fixed(Instant.EPOCH), this::fail)) {
                log.start("bptt run x\n6 of 6 runs to make");
                log.resumed(RUNS.get(2), 500, 1000);
                log.failed(RUNS.get(2), new IllegalStateException("broken", new IOException("disk")));
                log.ended(RUNS.get(2), record(RUNS.get(2), Outcome.FAILED, "broken"), 1, 6);
                log.ended(RUNS.get(3), record(RUNS.get(3), Outcome.DONE, ""), 2, 6);
                log.end("interrupted");
            }
        }
        String text = Files.readString(folder.resolve("bptt.log"));
        List<String> lines = text.lines().toList();
        assertThat(text.substring(text.length() / 2)).isEqualTo(text.substring(0, text.length() / 2));
        assertThat(lines.subList(0, 5))
                .containsExactly(
                        "1970-01-01T00:00:00Z start     bptt run x",
                        "    6 of 6 runs to make",
                        "1970-01-01T00:00:00Z resumed   " + run + " at step 500 of 1000",
                        "1970-01-01T00:00:00Z broken    " + run + ": java.lang.IllegalStateException: broken",
                        "        at org.bpttbench.harness.cli.SweepProgressTest."
                                + lines.get(4).substring(lines.get(4).indexOf("theLog")));
        assertThat(lines)
                .contains(
                        "    Caused by: java.io.IOException: disk",
                        "1970-01-01T00:00:00Z failed    " + run + " in 1.235 s: broken",
                        "1970-01-01T00:00:00Z done      run " + RUNS.get(3).id()
                                + " (tbptt length=5, replicate 1) in 1.235 s",
                        "1970-01-01T00:00:00Z end       interrupted");
    }

    private void fail(String complaint) {
        throw new AssertionError(complaint);
    }

    @Test
    void aLogThatCannotBeWrittenIsToldOnce() throws IOException {
        Files.createDirectory(folder.resolve("bptt.log"));
        List<String> complaints = new ArrayList<>();
        try (RunLog log = new RunLog(folder, LABELS, InstantSource.system(), complaints::add)) {
            log.start("bptt run x");
            log.note("by the way");
            log.end(new IOException("x"));
        }
        assertThat(complaints)
                .singleElement()
                .asString()
                .startsWith(folder.resolve("bptt.log") + " cannot be written (")
                .endsWith("): the runs go on without a log");
    }
}
