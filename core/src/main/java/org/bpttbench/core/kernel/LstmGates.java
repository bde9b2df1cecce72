package org.bpttbench.core.kernel;

/**
 * The elementwise part of an LSTM of n units, fused. A lane's trace is [i, f, o, g, tanh(c)] and its state [h, c], each of
 * n; its deltas are the adjoints of what the gates are computed from, [i, f, o, g]. Like all of {@link Kernels}: the same
 * bits from every backend, nothing allocated, no state.
 *
 * <p><i>Reference:</i> Gers, Schmidhuber &amp; Cummins 2000, without peepholes.
 */
public interface LstmGates {
    /**
     * One lane's step: c_t = f ⊙ c_{t−1} + i ⊙ g, h_t = o ⊙ tanh(c_t).
     *
     * @param traces on entry what the four gates are computed from; overwritten with the trace
     * @param trace where the lane's starts
     * @param states the state before is read, the state after written
     * @param before where the lane's state before the step starts
     * @param after where the one after it starts
     */
    void step(int n, double[] traces, int trace, double[] states, int before, int after);

    /**
     * One lane's step back, up to the product with the recurrent weights.
     *
     * @param traces of the step, not modified
     * @param states of the tape, not modified
     * @param before where the lane's state before the step starts
     * @param adjoints with respect to the state after the step, not modified
     * @param adjoint where the row's starts
     * @param deltas written
     * @param delta where the row's start
     * @param earlier written: with respect to the state before the step what comes through c alone; zero for h
     */
    void pull(
            int n,
            double[] traces,
            int trace,
            double[] states,
            int before,
            double[] adjoints,
            int adjoint,
            double[] deltas,
            int delta,
            double[] earlier);
}
