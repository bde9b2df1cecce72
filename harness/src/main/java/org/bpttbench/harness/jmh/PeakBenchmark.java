package org.bpttbench.harness.jmh;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Fused multiply-adds on registers alone: what {@link KernelBenchmark} is to be read against. Needs the accelerator. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class PeakBenchmark {
    private static final int ROUNDS = 100_000;

    private MethodHandle run = MethodHandles.zero(double.class);
    private long operations;

    /** Nothing compiles against the accelerator, so its method is looked up. */
    @Setup
    public void prepare() throws ReflectiveOperationException {
        Class<?> peak = Class.forName("org.bpttbench.accelerator.FmaPeak");
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        run = lookup.findStatic(peak, "run", MethodType.methodType(double.class, int.class));
        operations = (long) peak.getMethod("operations", int.class).invoke(null, ROUNDS);
    }

    /** Enough rounds that the call costs nothing beside them. */
    @Benchmark
    public double peak(KernelBenchmark.Work work) throws Throwable {
        work.add((double) operations);
        return (double) run.invokeExact(ROUNDS);
    }
}
