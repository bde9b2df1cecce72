package org.bpttbench.harness.jmh;

import java.util.concurrent.TimeUnit;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.kernel.Backends;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.variants.Estimators;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole measurement of bias, cold: what a user waits for. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class DrawsBenchmark {
    /** The system or cell, the steps of the sequence, the draws. */
    @Param({"influence-balancing/500/20000", "lstm-32/200/2000"})
    private String subject = "";

    @Param({"plain", "vector"})
    private String backend = "";

    /** Draws of ARTBP with mean segment length 20. */
    @Benchmark
    public BiasMeasurement measure() {
        String[] parts = subject.split("/", 3);
        Model model = Subjects.model(parts[0]);
        Network network = new Network(model, Backends.find(backend));
        network.load(Subjects.theta(network.parameters()));
        BiasProbe probe = new BiasProbe(network, Subjects.source(model, 1), 1, 0, Integer.parseInt(parts[1]));
        return probe.measure(
                Estimators.CATALOG.create("type", Subjects.estimator("artbp")),
                0,
                Integer.parseInt(parts[2]),
                Seeds.of(1).at("cuts"));
    }
}
