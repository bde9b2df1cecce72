package org.bpttbench.harness.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.GradientEstimator;
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
import org.openjdk.jmh.infra.Blackhole;

/** What it spares to make draws of a random estimator together: time of a draw, by how many share a forward pass. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class TogetherBenchmark {
    private static final int STEPS = 200;
    private static final int DRAWS = 24;

    /** The cell; one lane. */
    @Param({"lstm-32", "lstm-64", "lstm-128"})
    private String subject = "";

    /** Divides the draws that an invocation makes. */
    @Param({"1", "4", "24"})
    private int together;

    @Param({"plain", "vector"})
    private String backend = "";

    private final GradientEstimator artbp = Estimators.CATALOG.create("type", Subjects.estimator("artbp"));
    private Model model = Subjects.model("lstm-1");
    private Network network = new Network(model, Backends.find("plain"));
    private List<Coin> coins = List.of();

    /** Makes the network. */
    @Setup
    public void prepare() {
        model = Subjects.model(subject);
        network = new Network(model, Backends.find(backend));
        network.load(Subjects.theta(network.parameters()));
        coins = Stream.iterate(0, i -> i + 1)
                .limit(together)
                .map(i -> Coin.of(Seeds.of(1).at(i).generator()))
                .toList();
    }

    /** Draws of ARTBP with mean segment length 20, summed. */
    @Benchmark
    @OperationsPerInvocation(DRAWS)
    public void draw(Blackhole blackhole) {
        Source source = Subjects.source(model, 1);
        StreamPlan plan = StreamPlan.measured(1, together, STEPS);
        for (int made = 0; made < DRAWS; made += together) {
            artbp.open(network, source, plan, coins).advance(STEPS, (gradient, window) -> blackhole.consume(gradient));
        }
    }
}
