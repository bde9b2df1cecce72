package org.bpttbench.core.gradient;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.cell.Cell;
import org.bpttbench.core.cell.CellMaker;
import org.bpttbench.core.cell.Cells;
import org.bpttbench.core.cell.GruCell;
import org.bpttbench.core.cell.LinearSystem;
import org.bpttbench.core.cell.LstmCell;
import org.bpttbench.core.cell.StackedCell;
import org.bpttbench.core.cell.TanhCell;
import org.bpttbench.core.head.AffineHead;
import org.bpttbench.core.head.CoordinateHead;
import org.bpttbench.core.head.Head;
import org.bpttbench.core.head.Loss;

/** Lists of labs: every cell of the catalogue, with every head and loss, mask pattern and kind of input. */
public final class Labs {
    private static final int INPUTS = 4;
    private static final int UNITS = 3;

    private Labs() {}

    /** Everything with everything. */
    public static Stream<GradientLab> all() {
        return all(3, 11);
    }

    public static Stream<GradientLab> all(int lanes, int steps) {
        return Stream.of(Masks.values()).flatMap(masks -> masked(masks, lanes, steps));
    }

    /** Every cell with every head and kind of input, one pattern of masks. */
    public static Stream<GradientLab> masked(Masks masks, int lanes, int steps) {
        return cells().entrySet().stream()
                .flatMap(cell -> heads(cell.getValue().outputSize()).stream()
                        .map(head -> new Model(cell.getValue(), head))
                        .flatMap(model -> inputs(model.cell())
                                .map(tokens -> lab(cell.getKey(), model, tokens, masks, lanes, steps))));
    }

    /** Every cell once, with an affine head. */
    public static Stream<GradientLab> eachCell(Masks masks, int lanes, int steps) {
        return cells().entrySet().stream().map(cell -> {
            Head head = new AffineHead(cell.getValue().outputSize(), 2, true, Loss.SQUARED_ERROR);
            return lab(cell.getKey(), new Model(cell.getValue(), head), false, masks, lanes, steps);
        });
    }

    /** A cell of the catalogue, its other parameters at their defaults. */
    public static Cell cell(String name, int inputs, int units, boolean biased) {
        return cell(name, inputs, units, biased, 1);
    }

    /** The same, stacked. */
    public static Cell cell(String name, int inputs, int units, boolean biased, int layers) {
        Entry<? extends CellMaker> entry = Cells.CATALOG.get(name);
        Map<String, Object> arguments = new HashMap<>();
        for (Parameter parameter : entry.parameters()) {
            parameter.fallback().ifPresent(value -> arguments.put(parameter.name(), value));
        }
        arguments.put("units", (long) units);
        arguments.put("bias", biased);
        arguments.put("layers", (long) layers);
        return entry.create(new Arguments(arguments)).make(inputs);
    }

    private static Map<String, Cell> cells() {
        Map<String, Cell> cells = new LinkedHashMap<>();
        for (String name : Cells.CATALOG.names()) {
            cells.put(name, cell(name, INPUTS, UNITS, true));
            cells.put(name + " without bias", cell(name, INPUTS, UNITS, false));
            cells.put(name + " in 2 layers", cell(name, INPUTS, 2, true, 2));
        }
        cells.put(
                "gru on lstm on tanh",
                new StackedCell(
                        List.of(new TanhCell(INPUTS, 2, true), new LstmCell(2, 3, false), new GruCell(3, 2, true))));
        double[][] system = {{0.5, 0.4, 0.1}, {-0.3, 0.7, 0.2}, {0.6, -0.2, 0.3}};
        cells.put("linear system", new LinearSystem(system, new double[] {0.9, -0.4, 0.2}));
        return cells;
    }

    private static List<Head> heads(int width) {
        return List.of(
                new AffineHead(width, 2, true, Loss.SQUARED_ERROR),
                new AffineHead(width, 3, false, Loss.SOFTMAX_CROSS_ENTROPY),
                new AffineHead(width, 3, true, Loss.CROSS_ENTROPY),
                new AffineHead(width, 2, true, Loss.LINEAR),
                new CoordinateHead(width, 1, Loss.SQUARED_ERROR),
                new CoordinateHead(width, 0, Loss.LINEAR));
    }

    private static Stream<Boolean> inputs(Cell cell) {
        return cell.inputSize() == 0 ? Stream.of(false) : Stream.of(false, true);
    }

    private static GradientLab lab(String cell, Model model, boolean tokens, Masks masks, int lanes, int steps) {
        String head = model.head() instanceof AffineHead ? "affine" : "coordinate";
        String name = String.join(
                ", ", cell, head, Objects.toString(model.head().loss()), "masks " + masks, tokens ? "tokens" : "dense");
        return GradientLab.of(name, model, tokens, masks, lanes, steps);
    }
}
