package org.bpttbench.core.cell;

/**
 * An elementwise function whose slope can be told from its value. It works on many elements a call, so that the call
 * costs nothing beside them and each loop is compiled for its function alone.
 */
interface Activation {
    /** x = f(x) on {@code count} consecutive elements. */
    void apply(double[] x, int offset, int count);

    /**
     * out = in ⊙ f'(a), with a the argument whose value f(a) is h.
     *
     * @param h not modified
     * @param out overwritten; may be the same place as {@code in}
     */
    void timesSlope(double[] h, int hOffset, double[] in, int inOffset, double[] out, int outOffset, int count);
}
