package org.bpttbench.accelerator;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.kernel.LstmGates;
import org.bpttbench.core.kernel.PackedMatrix;
import org.bpttbench.core.random.Seeds;

/**
 * Calls of every kernel on random shapes and data, the same for every backend. What a call leaves in its array, the parts
 * that it must not touch included, is handed on.
 */
final class Cases {
    /** Every so many cases, the data hold what arithmetic treats specially. */
    private static final int SPECIAL = 5;

    private static final double[] SPECIALS = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -0.0,
        0.0,
        Double.MIN_VALUE,
        -Double.MIN_NORMAL / 3,
        Double.MAX_VALUE,
        20,
        -20,
        1e-308
    };

    private final Kernels kernels;
    private final Consumer<double[]> results;
    private UniformRandomProvider random = Seeds.of(0).generator();
    private boolean special;

    Cases(Kernels kernels, Consumer<double[]> results) {
        this.kernels = kernels;
        this.results = results;
    }

    /** One case of each kernel. */
    void run(int seed) {
        random = Seeds.of(seed).at("kernels").generator();
        special = seed % SPECIAL == 0;
        product(seed);
        outerProducts(seed);
        activations();
        lstmGates();
    }

    private void product(int seed) {
        int n = seed % 10 == 0 ? random.nextInt(300) : 1 + seed % 40;
        int k = seed % 10 == 1 ? 500 + random.nextInt(600) : random.nextInt(70);
        int m = seed % 7 == 0 ? 1 : random.nextInt(seed % 10 == 2 ? 150 : 40);
        boolean transposed = random.nextBoolean();
        Rows a = new Rows(m, k);
        Rows b = transposed ? new Rows(n, k) : new Rows(k, n);
        Rows c = new Rows(m, n);
        PackedMatrix packed = kernels.matrix(k, n);
        for (int repeat = 0; repeat < 2; repeat++) {
            if (transposed) {
                packed.loadTransposed(b.data, b.offset, b.stride);
            } else {
                packed.load(b.data, b.offset, b.stride);
            }
            kernels.addProduct(m, a.data, a.offset, a.stride, packed, c.data, c.offset, c.stride);
            results.accept(c.data);
            b.fill(); // whatever the first product left behind must not reach the second
        }
        results.accept(a.data);
    }

    private void outerProducts(int seed) {
        int n = seed % 10 == 3 ? random.nextInt(300) : 1 + seed % 40;
        int k = random.nextInt(seed % 10 == 4 ? 300 : 40);
        int steps = random.nextInt(seed % 10 == 5 ? 400 : 30);
        int lanes = random.nextInt(6);
        boolean lanesApart = random.nextBoolean(); // a lane's steps together, or a step's lanes
        Rows a = new Rows(steps * lanes, k);
        Rows d = new Rows(steps * lanes, n);
        Rows c = new Rows(k, n);
        int lane = lanesApart ? steps : 1;
        int step = lanesApart ? 1 : lanes;
        kernels.addOuterProducts(
                steps,
                lanes,
                a.data,
                a.offset,
                lane * a.stride,
                step * a.stride,
                k,
                d.data,
                d.offset,
                lane * d.stride,
                step * d.stride,
                n,
                c.data,
                c.offset,
                c.stride);
        results.accept(c.data);
        Rows sum = new Rows(1, n);
        kernels.addRows(steps, lanes, d.data, d.offset, lane * d.stride, step * d.stride, n, sum.data, sum.offset);
        results.accept(sum.data);
        results.accept(a.data);
        results.accept(d.data);
    }

    private void activations() {
        int count = random.nextInt(60);
        Rows x = new Rows(1, count);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] *= Math.scalb(1.0, random.nextInt(12) - 5);
        }
        Rows y = new Rows(1, count);
        kernels.tanh(x.data, x.offset, y.data, y.offset, count);
        results.accept(y.data);
        kernels.sigmoid(x.data, x.offset, y.data, y.offset, count);
        results.accept(y.data);
        kernels.tanh(y.data, y.offset, y.data, y.offset, count);
        results.accept(y.data);
        kernels.sigmoid(x.data, x.offset, x.data, x.offset, count);
        results.accept(x.data);
    }

    private void lstmGates() {
        int n = random.nextInt(40);
        Rows trace = new Rows(1, 5 * n);
        Rows states = new Rows(2, 2 * n);
        Rows adjoint = new Rows(1, 2 * n);
        Rows delta = new Rows(1, 4 * n);
        double[] earlier = new double[adjoint.data.length];
        LstmGates gates = kernels.lstmGates();
        int before = states.offset;
        gates.step(n, trace.data, trace.offset, states.data, before, before + states.stride);
        results.accept(trace.data);
        results.accept(states.data);
        gates.pull(
                n,
                trace.data,
                trace.offset,
                states.data,
                before,
                adjoint.data,
                adjoint.offset,
                delta.data,
                delta.offset,
                earlier);
        results.accept(delta.data);
        results.accept(earlier);
    }

    /** A matrix somewhere in an array, with room around every row. */
    private final class Rows {
        private final double[] data;
        private final int offset;
        private final int stride;

        Rows(int rows, int cols) {
            offset = random.nextInt(9);
            stride = cols + random.nextInt(4);
            data = new double[offset + rows * stride + 3];
            fill();
        }

        void fill() {
            DoubleStream values = random.doubles(data.length, -1, 1);
            System.arraycopy(values.toArray(), 0, data, 0, data.length);
            if (special) {
                Arrays.setAll(data, i -> random.nextInt(30) == 0 ? SPECIALS[random.nextInt(SPECIALS.length)] : data[i]);
            }
        }
    }
}
