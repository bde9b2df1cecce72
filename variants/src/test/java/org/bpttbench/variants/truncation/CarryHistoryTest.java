package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarryHistoryTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Row 0 of link i carries i, row 1 nothing else than 1. */
    private static void append(CarryHistory history, int link) {
        history.append();
        history.set(0, link);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 63, 64, 65, 200})
    void givesBackWhatIsKept(int kept) {
        CarryHistory history = new CarryHistory(2);
        double[] copy = new double[2 * kept];
        for (int round = 0; round < 2; round++) {
            history.clear();
            for (int link = 0; link < 1000; link++) {
                append(history, link);
                int first = Math.max(0, link + 1 - kept);
                history.forgetBefore(first);
                history.copyFrom(first, copy);
                for (int i = first; i <= link; i++) {
                    assertThat(copy[2 * (i - first)]).isEqualTo(i);
                    assertThat(copy[2 * (i - first) + 1]).isEqualTo(1.0);
                }
            }
        }
    }

    /** A thousand links kept take 2 × 16 kB; those that have passed by would take a hundred times as much. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1000})
    void holdsNoMoreThanItKeeps(int kept) {
        CarryHistory history = new CarryHistory(2);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int link = 0; link < 200_000; link++) {
            append(history, link);
            history.forgetBefore(Math.max(0, link + 1 - kept));
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
        double[] last = new double[2 * kept];
        history.copyFrom(200_000 - kept, last);
        assertThat(Arrays.copyOfRange(last, 2 * kept - 2, 2 * kept)).containsExactly(199_999.0, 1.0);
    }
}
