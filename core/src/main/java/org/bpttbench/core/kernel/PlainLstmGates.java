package org.bpttbench.core.kernel;

import java.util.Arrays;

/** Unit by unit. Fixes the bits that every other backend has to give. */
public final class PlainLstmGates implements LstmGates {
    static final LstmGates INSTANCE = new PlainLstmGates();

    private PlainLstmGates() {}

    @Override
    public void step(int n, double[] traces, int trace, double[] states, int before, int after) {
        Kernels kernels = PlainKernels.INSTANCE;
        kernels.sigmoid(traces, trace, traces, trace, 3 * n);
        kernels.tanh(traces, trace + 3 * n, traces, trace + 3 * n, n);
        remember(0, n, traces, trace, states, before, after);
        kernels.tanh(states, after + n, traces, trace + 4 * n, n);
        show(0, n, traces, trace, states, after);
    }

    /** c_t of units from {@code first} on. */
    public static void remember(int first, int n, double[] traces, int trace, double[] states, int before, int after) {
        for (int i = first; i < n; i++) {
            double written = traces[trace + i] * traces[trace + 3 * n + i];
            states[after + n + i] = Math.fma(traces[trace + n + i], states[before + n + i], written);
        }
    }

    /** h_t of units from {@code first} on. */
    public static void show(int first, int n, double[] traces, int trace, double[] states, int after) {
        for (int i = first; i < n; i++) {
            states[after + i] = traces[trace + 2 * n + i] * traces[trace + 4 * n + i];
        }
    }

    @Override
    public void pull(
            int n,
            double[] traces,
            int trace,
            double[] states,
            int before,
            double[] adjoints,
            int adjoint,
            double[] deltas,
            int delta,
            double[] earlier) {
        Arrays.fill(earlier, adjoint, adjoint + n, 0.0);
        pull(0, n, traces, trace, states, before, adjoints, adjoint, deltas, delta, earlier);
    }

    /** What {@link LstmGates#pull} writes of units from {@code first} on, but for the zeros of h. */
    public static void pull(
            int first,
            int n,
            double[] traces,
            int trace,
            double[] states,
            int before,
            double[] adjoints,
            int adjoint,
            double[] deltas,
            int delta,
            double[] earlier) {
        for (int i = first; i < n; i++) {
            double in = traces[trace + i];
            double forget = traces[trace + n + i];
            double out = traces[trace + 2 * n + i];
            double candidate = traces[trace + 3 * n + i];
            double squashed = traces[trace + 4 * n + i];
            double dh = adjoints[adjoint + i];
            double dc = Math.fma(dh * out, 1.0 - squashed * squashed, adjoints[adjoint + n + i]);
            deltas[delta + i] = dc * candidate * (in * (1.0 - in));
            deltas[delta + n + i] = dc * states[before + n + i] * (forget * (1.0 - forget));
            deltas[delta + 2 * n + i] = dh * squashed * (out * (1.0 - out));
            deltas[delta + 3 * n + i] = dc * in * (1.0 - candidate * candidate);
            earlier[adjoint + n + i] = dc * forget;
        }
    }
}
