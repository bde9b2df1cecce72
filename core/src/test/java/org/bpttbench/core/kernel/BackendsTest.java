package org.bpttbench.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsTest {
    /** Stands in for a faster backend. */
    private record Fake(String name, int priority, boolean available, Kernels kernels) implements KernelBackend {
        @Override
        public String remedy() {
            return "start Java with --turbo";
        }
    }

    private static final Kernels OTHER = (Kernels)
            Proxy.newProxyInstance(Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (p, m, a) -> m);

    @Test
    void plainIsAlwaysThere() {
        assertThat(Backends.find("plain")).isSameAs(PlainKernels.INSTANCE);
        assertThat(Backends.load().names()).contains("plain");
    }

    @Test
    void autoTakesTheFastestThatCanRun() {
        Backends fast = new Backends(List.of(new Fake("turbo", 10, true, OTHER)));
        assertThat(fast.kernels("auto")).isSameAs(OTHER);
        assertThat(fast.kernels("plain")).isSameAs(PlainKernels.INSTANCE);
        assertThat(fast.names()).containsExactly("turbo", "plain");

        Backends slow = new Backends(List.of(new Fake("turbo", 10, false, OTHER)));
        assertThat(slow.kernels("auto")).isSameAs(PlainKernels.INSTANCE);
        assertThat(slow.names()).containsExactly("plain");
    }

    @Test
    void namedBackendIsNeverReplaced() {
        Backends backends = new Backends(List.of(new Fake("turbo", 10, false, OTHER)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backends.kernels("turbo"))
                .withMessage("backend 'turbo' cannot run in this JVM: start Java with --turbo; there are auto, plain");
    }

    @Test
    void unknownBackendIsAnErrorThatListsTheOthers() {
        Backends backends = new Backends(List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backends.kernels("gpu"))
                .withMessage("there is no backend 'gpu'; there are auto, plain");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backends.kernels("vector"))
                .withMessageContaining("accelerator")
                .withMessageContaining("--add-modules jdk.incubator.vector");
    }
}
