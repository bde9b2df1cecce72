package org.bpttbench.harness.jmh;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.kernel.Backends;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.variants.Estimators;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Forward and backward time of one time step (all lanes), θ frozen: what an estimator costs apart from the optimiser. The
 * networks read 8 random numbers and predict 8.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class StepBenchmark {
    private static final int STEPS = 1000;

    /** The system or cell, with its lanes. */
    @Param({"influence-balancing/1", "lstm-32/1", "lstm-128/32", "lstm-512/32"})
    private String subject = "";

    @Param({"plain", "vector"})
    private String backend = "";

    @Param({"full", "tbptt", "artbp"})
    private String estimator = "";

    /** Steps of a sequence, over which full backpropagation walks back. */
    @Param("100")
    private int sequence;

    private Optional<GradientStream> stream = Optional.empty();

    /** Opens a stream that goes on as long as it is asked to. */
    @Setup
    public void open() {
        String[] parts = subject.split("/", 2);
        int lanes = Integer.parseInt(parts[1]);
        Model model = Subjects.model(parts[0]);
        Network network = new Network(model, Backends.find(backend));
        network.load(Subjects.theta(network.parameters()));
        Coin coin = Coin.of(Seeds.of(1).generator());
        stream = Optional.of(Estimators.CATALOG
                .create("type", Subjects.estimator(estimator))
                .open(
                        network,
                        Subjects.source(model, lanes),
                        new StreamPlan(lanes, 1, Long.MAX_VALUE, sequence, true),
                        List.of(coin)));
    }

    /** A thousand steps; windows of 20 for all but full backpropagation. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void step(Blackhole blackhole) {
        stream.orElseThrow().advance(STEPS, (gradient, window) -> blackhole.consume(gradient));
    }
}
