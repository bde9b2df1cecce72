package org.bpttbench.experiments.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.param.ParamBlock;
import org.bpttbench.core.param.Role;
import org.bpttbench.experiments.spec.Finite;

/**
 * What is kept of the draws of one parameter block: enough for every statistic of the mean, whatever the number of
 * parameters. With d = ĝ − g the error of a draw and d̄_m its mean over batch m of M:
 *
 * @param name of the block
 * @param cell whether it is the cell's, so that an adjoint through time reaches it, and not the readout's
 * @param parameters P
 * @param gradientSquared ‖g‖²
 * @param inner {@code [M]}: ⟨d̄_m, g⟩
 * @param squares {@code [M]}: the mean of ‖d‖² over the draws of the batch
 * @param means {@code [M×P]}: d̄_m, if P ≤ M; else empty
 * @param gram {@code [M·(M+1)/2]}: ⟨d̄_i, d̄_j⟩ for i ≤ j, row by row, if P > M and not all are zero; else empty
 * @param variance tr Var(ĝ) if it was computed; empty if only draws tell of it
 * @param events of the block's chance by size, in units of the block's own ‖g‖²; empty where they are not known
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers: nobody compares two
public record BlockMoments(
        String name,
        boolean cell,
        int parameters,
        double gradientSquared,
        double[] inner,
        double[] squares,
        double[] means,
        double[] gram,
        OptionalDouble variance,
        Optional<EventSizes> events) {

    /** From the batch means of all parameters; the block's lie at {@code offset}. */
    static BlockMoments of(
            ParamBlock block,
            double[] gradient,
            double[][] batchMeans,
            double[] squares,
            OptionalDouble variance,
            Optional<EventSizes> events) {
        int parameters = block.size();
        int offset = block.offset();
        int batches = batchMeans.length;
        double[] inner = new double[batches];
        boolean silent = true;
        for (int m = 0; m < batches; m++) {
            inner[m] = dot(batchMeans[m], gradient, offset, parameters);
            silent &= squares[m] == 0.0;
        }
        double norm = dot(gradient, gradient, offset, parameters);
        double[] none = {};
        boolean few = parameters <= batches;
        return new BlockMoments(
                block.name(),
                block.role() != Role.READOUT && block.role() != Role.READOUT_BIAS,
                parameters,
                norm,
                inner,
                squares,
                silent || !few ? none : meansOf(batchMeans, offset, parameters),
                silent || few ? none : gramOf(batchMeans, offset, parameters),
                variance,
                events);
    }

    public int batches() {
        return inner.length;
    }

    /** The Gram matrix of the batch means, {@code [M·(M+1)/2]} as {@link #gram} is laid out, whichever form was kept. */
    public double[] triangle() {
        int batches = batches();
        if (gram.length > 0) {
            return gram.clone();
        }
        double[] triangle = new double[batches * (batches + 1) / 2];
        if (means.length > 0) {
            int at = 0;
            for (int i = 0; i < batches; i++) {
                for (int j = i; j < batches; j++) {
                    double sum = 0;
                    for (int p = 0; p < parameters; p++) {
                        sum = Math.fma(means[i * parameters + p], means[j * parameters + p], sum);
                    }
                    triangle[at++] = sum;
                }
            }
        }
        return triangle;
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("cell", cell);
        tree.put("parameters", (long) parameters);
        Finite.put(tree, "gradient_squared", gradientSquared);
        tree.put("inner", Doubles.encode(inner));
        tree.put("squares", Doubles.encode(squares));
        tree.put("means", Doubles.encode(means));
        tree.put("gram", Doubles.encode(gram));
        // Not a number of JSON: a variance may leave the range of numbers.
        variance.ifPresent(present -> tree.put("variance", Doubles.encode(new double[] {present})));
        events.ifPresent(present -> tree.put("events", present.toTree()));
        return tree;
    }

    /** @throws IllegalArgumentException if it is not what {@link #toTree} gives */
    static BlockMoments of(Arguments tree) {
        return checked(new BlockMoments(
                tree.text("name"),
                // What was written before readouts were told apart has them under their names.
                tree.has("cell") ? tree.flag("cell") : !tree.text("name").startsWith("readout"),
                tree.integer("parameters"),
                Finite.read(tree, "gradient_squared"),
                Doubles.decode(tree.text("inner")),
                Doubles.decode(tree.text("squares")),
                Doubles.decode(tree.text("means")),
                Doubles.decode(tree.text("gram")),
                tree.has("variance")
                        ? OptionalDouble.of(only(Doubles.decode(tree.text("variance"))))
                        : OptionalDouble.empty(),
                tree.has("events") ? Optional.of(EventSizes.of(tree.nested("events"))) : Optional.empty()));
    }

    private static double only(double[] numbers) {
        require(numbers.length == 1, "variance");
        return numbers[0];
    }

    /** Whoever computes with it need not ask again. */
    private static BlockMoments checked(BlockMoments block) {
        long batches = block.inner.length;
        require(block.parameters >= 0, "parameters");
        require(block.squares.length == batches && batches > 0, "squares");
        require(block.means.length == 0 || block.means.length == batches * block.parameters, "means");
        require(block.gram.length == 0 || block.gram.length == batches * (batches + 1) / 2, "gram");
        return block;
    }

    private static void require(boolean condition, String entry) {
        if (!condition) {
            throw new IllegalArgumentException(
                    "'" + entry + "' of a parameter block does not have the size that it must");
        }
    }

    private static double[] meansOf(double[][] batchMeans, int offset, int parameters) {
        double[] means = new double[batchMeans.length * parameters];
        for (int m = 0; m < batchMeans.length; m++) {
            System.arraycopy(batchMeans[m], offset, means, m * parameters, parameters);
        }
        return means;
    }

    private static double[] gramOf(double[][] batchMeans, int offset, int parameters) {
        int batches = batchMeans.length;
        double[] gram = new double[batches * (batches + 1) / 2];
        int at = 0;
        for (int i = 0; i < batches; i++) {
            for (int j = i; j < batches; j++) {
                gram[at++] = dot(batchMeans[i], batchMeans[j], offset, parameters);
            }
        }
        return gram;
    }

    static double dot(double[] a, double[] b, int offset, int count) {
        // Four chains: a single one waits for each addition. The order is fixed, so are the bits.
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = offset;
        int end = offset + count;
        for (; i + 3 < end; i += 4) {
            s0 = Math.fma(a[i], b[i], s0);
            s1 = Math.fma(a[i + 1], b[i + 1], s1);
            s2 = Math.fma(a[i + 2], b[i + 2], s2);
            s3 = Math.fma(a[i + 3], b[i + 3], s3);
        }
        for (; i < end; i++) {
            s0 = Math.fma(a[i], b[i], s0);
        }
        return (s0 + s1) + (s2 + s3);
    }
}
