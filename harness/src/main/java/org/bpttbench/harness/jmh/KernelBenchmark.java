package org.bpttbench.harness.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.kernel.Backends;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.random.Seeds;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * The products in billions of floating-point operations a second; {@link PeakBenchmark} in the same run says how many
 * there could be. Every product of a network runs in one process, so tiny shapes are run first: what the compiler learns
 * from them must not spoil the code for the others.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class KernelBenchmark {
    private static final int POLLUTING_CALLS = 30_000;
    private static final int TINY = 8;

    @Param({"plain", "vector"})
    private String backend = "";

    /**
     * {@code gemm-MxNxK}: C {@code [M×N]} += A {@code [M×K]}·B {@code [K×N]}, B packed before. {@code wgrad-MxNxK}: C += Aᵀ·D
     * over K rows of A and D.
     */
    @Param({
        "gemm-1x128x32",
        "gemm-1x32x128",
        "gemm-32x512x128",
        "gemm-32x128x512",
        "gemm-32x2048x512",
        "gemm-32x512x2048",
        "wgrad-128x512x640",
        "wgrad-512x2048x1600"
    })
    private String shape = "";

    private Kernels kernels = PlainKernels.INSTANCE;
    private PackedMatrix packed = kernels.matrix(0, 0);
    private boolean weights;
    private int m;
    private int n;
    private int k;
    private double[] a = {};
    private double[] b = {};
    private double[] c = {};

    /** What JMH divides by the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {
        /** Thousands of operations; those of a microsecond are GF/s. */
        public double gigaflops;

        void add(double operations) {
            gigaflops += operations * 1e-3;
        }
    }

    /** Makes the matrices, after many small products. */
    @Setup
    public void prepare() {
        kernels = Backends.find(backend);
        pollute();
        String[] parts = shape.split("[-x]", 4);
        weights = parts[0].equals("wgrad");
        m = Integer.parseInt(parts[1]);
        n = Integer.parseInt(parts[2]);
        k = Integer.parseInt(parts[3]);
        a = numbers(m * k);
        b = numbers(k * n);
        c = numbers(m * n);
        packed = kernels.matrix(weights ? 0 : k, n);
        packed.load(b, 0, n);
    }

    private void pollute() {
        double[] tiny = new double[TINY * TINY];
        for (int i = 0; i < POLLUTING_CALLS; i++) {
            int width = 1 + i % TINY;
            PackedMatrix matrix = kernels.matrix(width, TINY - i % 5);
            kernels.addProduct(1 + i % 3, tiny, 0, width, matrix, tiny, 0, TINY);
            kernels.addOuterProducts(1 + i % 3, 1, tiny, 0, 0, 1, width, tiny, 0, 0, 1, width, tiny, 0, TINY);
        }
    }

    private static double[] numbers(int count) {
        UniformRandomProvider random = Seeds.of(count).at("kernel").generator();
        double[] numbers = new double[count];
        Arrays.setAll(numbers, i -> 0.01 * (random.nextDouble() - 0.5));
        return numbers;
    }

    /** One product. */
    @Benchmark
    public double[] product(Work work) {
        if (weights) {
            kernels.addOuterProducts(k, 1, a, 0, m, m, m, b, 0, n, n, n, c, 0, n);
        } else {
            kernels.addProduct(m, a, 0, k, packed, c, 0, n);
        }
        work.add(2.0 * m * n * k);
        return c;
    }
}
