package org.bpttbench.accelerator;

import static org.bpttbench.accelerator.Lanes.LENGTH;
import static org.bpttbench.accelerator.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import org.bpttbench.core.kernel.LstmGates;
import org.bpttbench.core.kernel.PlainLstmGates;

/**
 * {@link PlainLstmGates} a vector of units at a time: the same operations in the same order. The units that do not fill a
 * vector are left to it.
 */
final class VectorLstmGates implements LstmGates {
    static final LstmGates INSTANCE = new VectorLstmGates();

    private VectorLstmGates() {}

    @Override
    public void step(int n, double[] traces, int trace, double[] states, int before, int after) {
        Activations.sigmoid(traces, trace, 3 * n);
        Activations.tanh(traces, trace + 3 * n, n);
        remember(n, traces, trace, states, before, after);
        Activations.tanh(traces, trace + 4 * n, n);
        show(n, traces, trace, states, after);
    }

    /** Leaves c_t where tanh(c_t) belongs, too. */
    private static void remember(int n, double[] traces, int trace, double[] states, int before, int after) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LENGTH) {
            DoubleVector in = DoubleVector.fromArray(SPECIES, traces, trace + i);
            DoubleVector forget = DoubleVector.fromArray(SPECIES, traces, trace + n + i);
            DoubleVector candidate = DoubleVector.fromArray(SPECIES, traces, trace + 3 * n + i);
            DoubleVector old = DoubleVector.fromArray(SPECIES, states, before + n + i);
            DoubleVector cell = forget.fma(old, in.mul(candidate));
            cell.intoArray(states, after + n + i);
            cell.intoArray(traces, trace + 4 * n + i);
        }
        PlainLstmGates.remember(whole, n, traces, trace, states, before, after);
        System.arraycopy(states, after + n + whole, traces, trace + 4 * n + whole, n - whole);
    }

    private static void show(int n, double[] traces, int trace, double[] states, int after) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LENGTH) {
            DoubleVector out = DoubleVector.fromArray(SPECIES, traces, trace + 2 * n + i);
            out.mul(DoubleVector.fromArray(SPECIES, traces, trace + 4 * n + i)).intoArray(states, after + i);
        }
        PlainLstmGates.show(whole, n, traces, trace, states, after);
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
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LENGTH) {
            DoubleVector in = DoubleVector.fromArray(SPECIES, traces, trace + i);
            DoubleVector forget = DoubleVector.fromArray(SPECIES, traces, trace + n + i);
            DoubleVector out = DoubleVector.fromArray(SPECIES, traces, trace + 2 * n + i);
            DoubleVector candidate = DoubleVector.fromArray(SPECIES, traces, trace + 3 * n + i);
            DoubleVector squashed = DoubleVector.fromArray(SPECIES, traces, trace + 4 * n + i);
            DoubleVector dh = DoubleVector.fromArray(SPECIES, adjoints, adjoint + i);
            DoubleVector later = DoubleVector.fromArray(SPECIES, adjoints, adjoint + n + i);
            DoubleVector old = DoubleVector.fromArray(SPECIES, states, before + n + i);
            DoubleVector dc = dh.mul(out).fma(one.sub(squashed.mul(squashed)), later);
            dc.mul(candidate).mul(in.mul(one.sub(in))).intoArray(deltas, delta + i);
            dc.mul(old).mul(forget.mul(one.sub(forget))).intoArray(deltas, delta + n + i);
            dh.mul(squashed).mul(out.mul(one.sub(out))).intoArray(deltas, delta + 2 * n + i);
            dc.mul(in).mul(one.sub(candidate.mul(candidate))).intoArray(deltas, delta + 3 * n + i);
            dc.mul(forget).intoArray(earlier, adjoint + n + i);
        }
        PlainLstmGates.pull(whole, n, traces, trace, states, before, adjoints, adjoint, deltas, delta, earlier);
    }
}
