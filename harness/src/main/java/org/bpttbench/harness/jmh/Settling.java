package org.bpttbench.harness.jmh;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Tells when the compiler is done with a piece of work that repeats itself. A fixed time does not: on a busy machine the
 * compiler waits for a processor too, and what it has not reached yet, vectors above all, is slower by orders of magnitude.
 * Settled is what for a number of looks has become neither faster nor compiled. Cost is time on the processor, which
 * others do not lengthen.
 */
final class Settling {
    private static final int LOOKS = 10;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final double FASTER = 0.97;
    /** Of ten looks: the virtual machine's own small methods never quite end. */
    private static final long COMPILED_MILLIS = 20;

    private double best = Double.POSITIVE_INFINITY;
    private long compiled;
    private int quiet;

    /** Repeats work until it has settled or a time has passed. */
    static void settle(Runnable work, long limitNanos) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Settling settling = new Settling();
        long end = System.nanoTime() + limitNanos;
        boolean settled = false;
        while (!settled && System.nanoTime() < end) {
            long start = threads.getCurrentThreadCpuTime();
            long spent = 0;
            long count = 0;
            while (spent < LOOK_NANOS && System.nanoTime() < end) {
                work.run();
                count++;
                spent = threads.getCurrentThreadCpuTime() - start;
            }
            settled = settling.look((double) spent / Math.max(1, count), compiledMillis());
        }
    }

    private static long compiledMillis() {
        return ManagementFactory.getCompilationMXBean() == null
                ? 0
                : ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }

    /**
     * @param cost of a piece of work
     * @param compiledMillis that the compiler has taken so far
     * @return whether it has settled
     */
    boolean look(double cost, long compiledMillis) {
        boolean faster = cost < FASTER * best;
        boolean compiling = compiledMillis - compiled > COMPILED_MILLIS;
        best = Math.min(best, cost);
        quiet = faster || compiling ? 0 : quiet + 1;
        if (quiet == 0) {
            compiled = compiledMillis;
        }
        return quiet >= LOOKS;
    }
}
