package org.bpttbench.core.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.param.ParamLayout;

/**
 * Layers one above the other: each reads, at the same step, what the layer below puts out.
 *
 * <p>The state is that of all layers, the highest first, because the head reads the first entries. Parameters are those of
 * the lowest layer, then those of the next under names that start with {@code layer2.}, and so on.
 *
 * <p><i>Reference:</i> El Hihi &amp; Bengio 1995; the form of Graves, Mohamed &amp; Hinton 2013, without skip connections.
 *
 * @param layers from the lowest to the highest
 */
public record StackedCell(List<LayerCell> layers) implements Cell {
    /** @throws IllegalArgumentException if there are no layers, or one does not fit the one below */
    public StackedCell {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a stack needs a layer");
        }
        for (int i = 1; i < layers.size(); i++) {
            int given = layers.get(i - 1).outputSize();
            if (layers.get(i).inputSize() != given) {
                throw new IllegalArgumentException("layer " + (i + 1) + " reads "
                        + layers.get(i).inputSize() + " values, the layer below gives " + given);
            }
        }
    }

    /**
     * Several layers of a kind, or the cell itself if it is one.
     *
     * @param layer makes a layer for the width of its input
     */
    public static Cell of(int layers, int inputSize, IntFunction<? extends LayerCell> layer) {
        LayerCell lowest = layer.apply(inputSize);
        if (layers == 1) {
            return lowest;
        }
        List<LayerCell> all = new ArrayList<>(List.of(lowest));
        while (all.size() < layers) {
            all.add(layer.apply(all.get(all.size() - 1).outputSize()));
        }
        return new StackedCell(all);
    }

    @Override
    public int inputSize() {
        return layers.get(0).inputSize();
    }

    @Override
    public int stateSize() {
        return above(-1, Cell::stateSize);
    }

    @Override
    public int outputSize() {
        return layers.get(layers.size() - 1).outputSize();
    }

    @Override
    public int traceSize() {
        return above(-1, Cell::traceSize);
    }

    @Override
    public int deltaSize() {
        return above(-1, Cell::deltaSize);
    }

    @Override
    public ParamLayout layout() {
        ParamLayout layout = layers.get(0).layout();
        for (int i = 1; i < layers.size(); i++) {
            layout = layout.and(layers.get(i).layout().prefixed("layer" + (i + 1) + "."));
        }
        return layout;
    }

    @Override
    public Transition open(Kernels kernels) {
        return new StackedTransition(kernels, this);
    }

    /** The columns of a layer: behind those of all layers above it. */
    LayerPlace place(int layer) {
        return new LayerPlace(
                above(layer, Cell::stateSize),
                stateSize(),
                above(layer, Cell::traceSize),
                traceSize(),
                above(layer, Cell::deltaSize),
                deltaSize(),
                layer == 0 ? LayerPlace.INPUT : above(layer - 1, Cell::stateSize));
    }

    private int above(int layer, ToIntFunction<Cell> size) {
        return layers.stream().skip(layer + 1L).mapToInt(size).reduce(0, Math::addExact);
    }
}
