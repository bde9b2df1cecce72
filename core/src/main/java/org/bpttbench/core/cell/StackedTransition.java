package org.bpttbench.core.cell;

import java.util.ArrayList;
import java.util.List;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.tape.Tape;

/**
 * {@link StackedCell} at work. The lowest layer's input is projected for a whole stretch; of the others it is part of the
 * step, since it is the state of the layer below at that step. All gradients of parameters are one product a stretch.
 */
final class StackedTransition implements Transition {
    private final List<Layer> layers = new ArrayList<>();
    private final int[] sizes;
    private final int stateSize;
    private double[] pulled = {};

    StackedTransition(Kernels kernels, StackedCell cell) {
        int count = cell.layers().size();
        this.sizes = new int[count];
        this.stateSize = cell.stateSize();
        for (int i = 0; i < count; i++) {
            LayerCell layer = cell.layers().get(i);
            layers.add(layer.open(kernels, cell.place(i)));
            sizes[i] = layer.layout().size();
        }
    }

    @Override
    public void load(double[] theta, int offset) {
        int at = offset;
        for (int i = 0; i < sizes.length; i++) {
            layers.get(i).load(theta, at);
            at += sizes[i];
        }
    }

    @Override
    public void prepare(Tape tape, int from, int to) {
        layers.get(0).prepare(tape, from, to);
    }

    @Override
    public void step(Tape tape, int k) {
        layers.get(0).step(tape, k);
        for (int i = 1; i < sizes.length; i++) {
            layers.get(i).prepare(tape, k, k + 1);
            layers.get(i).step(tape, k);
        }
    }

    @Override
    public void pullState(
            Tape tape, int k, int rows, double[] adjoint, double[] deltas, int deltaOffset, double[] before) {
        int size = rows * stateSize;
        if (pulled.length < size) {
            pulled = new double[size];
        }
        // A copy, because what a layer read adds to the adjoint of the layer below.
        System.arraycopy(adjoint, 0, pulled, 0, size);
        for (int i = sizes.length - 1; i > 0; i--) {
            layers.get(i).pullState(tape, k, rows, pulled, deltas, deltaOffset, before);
            layers.get(i).pullInput(rows, deltas, deltaOffset, pulled);
        }
        layers.get(0).pullState(tape, k, rows, pulled, deltas, deltaOffset, before);
    }

    @Override
    public void pullParams(
            Tape tape, int from, int to, double[] deltas, int rows, int firstRow, double[] gradient, int offset) {
        int at = offset;
        for (int i = 0; i < sizes.length; i++) {
            layers.get(i).pullParams(tape, from, to, deltas, rows, firstRow, gradient, at);
            at += sizes[i];
        }
    }

    @Override
    public void pushState(Tape tape, int k, int rows, double[] tangent, double[] after) {
        for (Layer layer : layers) {
            layer.pushState(tape, k, rows, tangent, after);
        }
    }
}
