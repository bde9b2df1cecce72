package org.bpttbench.harness.jmh;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bpttbench.core.catalog.Arguments;
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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs full backpropagation to keep less than its sequence: time of one sequence (all lanes) in a stream that has
 * seen one before, so that its memory is there.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class MemoryBenchmark {
    /** The system or cell, its lanes, the steps of a sequence. */
    @Param({"influence-balancing/1/10000", "lstm-32/1/10000", "lstm-128/32/1000"})
    private String subject = "";

    /** {@code all}, {@code sqrt} or bytes. */
    @Param({"all", "sqrt"})
    private String memory = "";

    private GradientStream stream = open();
    private long steps;
    private double last;

    /** Opens the stream and runs one sequence. */
    @Setup
    public void prepare() {
        stream = open();
        sequence();
    }

    private GradientStream open() {
        String[] parts = (subject.isEmpty() ? "influence-balancing/1/1" : subject).split("/", 3);
        int lanes = Integer.parseInt(parts[1]);
        steps = Long.parseLong(parts[2]);
        Model model = Subjects.model(parts[0]);
        Network network = new Network(model, Backends.find("vector"));
        network.load(Subjects.theta(network.parameters()));
        StreamPlan plan = new StreamPlan(lanes, 1, Long.MAX_VALUE, steps, true);
        Coin coin = Coin.of(Seeds.of(1).generator());
        return Estimators.CATALOG
                .create("type", new Arguments(arguments()))
                .open(network, Subjects.source(model, lanes), plan, List.of(coin));
    }

    private Map<String, Object> arguments() {
        return switch (memory) {
            case "", "all" -> Map.of("type", "full");
            case "sqrt" -> Map.of("type", "full", "memory", memory);
            default -> Map.of("type", "full", "memory", Long.valueOf(memory));
        };
    }

    /** One sequence. */
    @Benchmark
    public double sequence() {
        stream.advance(steps, (gradient, window) -> last += gradient[0]);
        return last;
    }
}
