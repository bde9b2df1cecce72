package org.bpttbench.accelerator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpttbench.core.kernel.Backends;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.PackedMatrix;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VectorBackendTest {
    private static final Kernels KERNELS = Backends.find("vector");
    private static final int CALLS = 2_000;
    private static final int ROUNDS = 40;

    @Test
    void isTheFirstChoiceWhereItCanRun() {
        assertThat(KERNELS.name()).isEqualTo("vector");
        assertThat(Backends.find("auto")).isSameAs(KERNELS);
        assertThat(Backends.load().names()).containsExactly("vector", "plain");
    }

    /** In a JVM started without the module. */
    @Test
    void isAbsentButNamedWhereTheModuleIsNot() throws IOException, InterruptedException {
        assertThat(withoutModule("auto")).isEqualTo("plain");
        assertThat(withoutModule("vector"))
                .startsWith("backend 'vector' cannot run in this JVM: start Java with --add-modules")
                .endsWith("there are auto, plain");
    }

    private static String withoutModule(String name) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Find.class.getName(),
                        name)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }

    /** Says what a JVM has under a name. */
    static final class Find {
        private Find() {}

        public static void main(String[] args) {
            try {
                System.out.println(Backends.find(args[0]).name());
            } catch (IllegalArgumentException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> nothingIsAllocatedOnceCompiled() {
        double[] a = new double[40 * 40];
        double[] c = new double[40 * 40];
        PackedMatrix wide = KERNELS.matrix(20, 30);
        return List.of(
                test("load", () -> wide.load(a, 0, 30)),
                test("loadTransposed", () -> wide.loadTransposed(a, 0, 20)),
                test("rows", () -> KERNELS.addProduct(1, a, 0, 20, wide, c, 0, 30)),
                test("tiles", () -> KERNELS.addProduct(23, a, 0, 20, wide, c, 0, 30)),
                test(
                        "outer products",
                        () -> KERNELS.addOuterProducts(4, 2, a, 0, 20, 40, 20, a, 0, 30, 60, 30, c, 0, 30)),
                test(
                        "few outer products",
                        () -> KERNELS.addOuterProducts(1, 1, a, 0, 20, 20, 20, a, 0, 30, 30, 30, c, 0, 30)),
                test("tanh", () -> KERNELS.tanh(a, 0, c, 3, 100)),
                test("sigmoid", () -> KERNELS.sigmoid(a, 0, c, 3, 100)))
                .stream();
    }

    /** Vectors are objects until the compiler has seen to them, so the first rounds allocate. */
    private static DynamicTest test(String name, Runnable call) {
        return DynamicTest.dynamicTest(name, () -> {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long fewest = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && fewest > 0; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < CALLS; i++) {
                    call.run();
                }
                fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(fewest).as("bytes in %d calls", CALLS).isZero();
        });
    }
}
