package org.bpttbench.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AllocationTest {
    private static final Kernels KERNELS = PlainKernels.INSTANCE;
    private static final int CALLS = 2_000;
    private static final int ROUNDS = 5;

    @TestFactory
    Stream<DynamicTest> nothingIsAllocatedAfterTheFirstCalls() {
        double[] a = new double[40 * 40];
        double[] c = new double[40 * 40];
        PackedMatrix narrow = KERNELS.matrix(20, 5);
        PackedMatrix wide = KERNELS.matrix(20, 30);
        return Stream.of(
                test("load", () -> wide.load(a, 0, 30)),
                test("loadTransposed", () -> narrow.loadTransposed(a, 0, 20)),
                test("narrow product", () -> KERNELS.addProduct(7, a, 0, 20, narrow, c, 0, 5)),
                test("wide product", () -> KERNELS.addProduct(7, a, 0, 20, wide, c, 0, 30)),
                test(
                        "outer products",
                        () -> KERNELS.addOuterProducts(4, 2, a, 0, 20, 40, 20, a, 0, 30, 60, 30, c, 0, 30)),
                test(
                        "short outer products",
                        () -> KERNELS.addOuterProducts(4, 2, a, 0, 20, 40, 20, a, 0, 5, 10, 5, c, 0, 5)),
                test("tanh", () -> KERNELS.tanh(a, 0, c, 3, 100)),
                test("sigmoid", () -> KERNELS.sigmoid(a, 0, c, 3, 100)));
    }

    private static DynamicTest test(String name, Runnable call) {
        return DynamicTest.dynamicTest(name, () -> {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            // The JVM may allocate a few bytes on a thread when it swaps compiled code; a call that allocates does so
            // in
            // every round.
            long fewest = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                fewest = Math.min(fewest, allocated(threads, call));
            }
            assertThat(fewest).as("bytes in %d calls", CALLS).isZero();
        });
    }

    private static long allocated(ThreadMXBean threads, Runnable call) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
