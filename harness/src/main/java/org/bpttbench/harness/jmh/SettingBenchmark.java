package org.bpttbench.harness.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.kernel.Backends;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.FrozenWork;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SweepReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Forward and backward of one setting of a sweep. {@link SettingTimer} starts it and says which: an operation is one time
 * step of all lanes, many of which make an invocation.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SettingBenchmark {
    /** A sweep file. */
    @Param({})
    private String sweep = "";

    /** Id of one of its settings. */
    @Param({})
    private String setting = "";

    @Param({})
    private String backend = "";

    /** Time steps of an invocation. */
    @Param({})
    private long steps;

    /** Milliseconds after which it is measured even if its speed has not settled. */
    @Param({})
    private long patience;

    private Optional<GradientStream> stream = Optional.empty();

    /** Opens a stream that goes on as long as it is asked to, and runs it until its speed has settled. */
    @Setup
    public void prepare(Blackhole blackhole) throws IOException {
        stream = open();
        Settling.settle(() -> steps(blackhole), TimeUnit.MILLISECONDS.toNanos(patience));
    }

    private Optional<GradientStream> open() throws IOException {
        TaskShelf tasks = new TaskShelf();
        Setting found = new SweepReader(Bundled.catalogs(tasks))
                .read(Path.of(sweep), List.of()).settings().stream()
                        .filter(each -> each.id().equals(setting))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(sweep + " has no setting " + setting));
        return FrozenWork.of(found, tasks.get(found)).map(work -> work.open(Backends.find(backend)));
    }

    /** Advances by a batch. */
    @Benchmark
    public void steps(Blackhole blackhole) {
        stream.orElseThrow().advance(steps, (gradient, window) -> blackhole.consume(gradient));
    }

    /** Arithmetic on what is not finite has another speed. */
    @TearDown(Level.Iteration)
    public void check() {
        if (!Double.isFinite(stream.orElseThrow().tally().lossSum())) {
            throw new IllegalStateException("the loss is not finite at the initial parameters");
        }
    }
}
