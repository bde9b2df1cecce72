package org.bpttbench.harness.jmh;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
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

    private double[] theta = {};
    private Model model = Subjects.influenceBalancing().system().orElseThrow();
    private Network network = new Network(model, Backends.find("plain"));
    private GradientEstimator method = Estimators.CATALOG.create("type", new Arguments(Map.of("type", "full")));
    private int lanes;

    /** Makes the network. */
    @Setup
    public void prepare() {
        String[] parts = subject.split("/", 2);
        lanes = Integer.parseInt(parts[1]);
        model = Subjects.model(parts[0]);
        network = new Network(model, Backends.find(backend));
        theta = Subjects.theta(network.parameters());
        network.load(theta);
        method = Estimators.CATALOG.create("type", Subjects.estimator(estimator));
    }

    /** A thousand steps: ten sequences for full backpropagation, windows of 20 for the others. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double step() {
        Source source = Subjects.source(model, lanes);
        StreamPlan plan = new StreamPlan(lanes, 1, STEPS, STEPS / 10, true);
        Coin coin = Coin.of(Seeds.of(1).generator());
        GradientStream stream = method.open(network, source, plan, List.of(coin));
        double[] last = new double[1];
        stream.advance(STEPS, (gradient, window) -> last[0] += gradient[0]);
        return last[0];
    }
}
