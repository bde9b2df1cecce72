package org.bpttbench.variants.truncation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bpttbench.core.cell.LinearSystem;
import org.bpttbench.core.gradient.BackwardPass;
import org.bpttbench.core.gradient.GradientLab;
import org.bpttbench.core.gradient.Labs;
import org.bpttbench.core.gradient.Masks;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Vectors;
import org.bpttbench.core.gradient.Window;
import org.bpttbench.core.head.CoordinateHead;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.tape.Tape;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The variance of ARTBP: exact numbers, and the sum of martingale increments against enumeration. */
class VarianceTest {
    @ParameterizedTest
    @CsvFileSource(resources = "variance.csv", useHeadersInDisplayName = true)
    void isTheExactOne(
            String law, @Nullable Double alpha, double mean, double a, int steps, double gradient, double variance) {
        CutLaw cut = alpha == null ? new ConstantLaw(mean) : new PolynomialLaw(alpha, mean);
        Model model = new Model(
                new LinearSystem(new double[][] {{a}}, new double[] {1}), new CoordinateHead(1, 0, Loss.LINEAR));
        GradientLab lab = GradientLab.of(law, model, false, Masks.ALL, 1, steps).withStart(0.0);
        Enumeration exact = Enumeration.of(lab, new Artbp(new Cuts(mean, cut, true)));
        assertThat(lab.gradient()[0]).isCloseTo(gradient, withinPercentage(1e-11));
        assertThat(exact.bias()).isLessThan(1e-12);
        assertThat(exact.meanSquaredError()).isCloseTo(variance, withinPercentage(1e-10));
    }

    static Stream<GradientLab> labs() {
        return Stream.concat(Labs.eachCell(Masks.RANDOM, 1, 8), Labs.eachCell(Masks.RANDOM, 2, 6));
    }

    @ParameterizedTest
    @MethodSource("labs")
    void isTheSumOfTheIncrements(GradientLab lab) {
        for (CutLaw law : new CutLaw[] {new ConstantLaw(3), new PolynomialLaw(4, 3)}) {
            Increments increments = new Increments(lab, law);
            Enumeration shared = Enumeration.of(lab, new Artbp(new Cuts(3, law, true)));
            assertThat(increments.shared()).isCloseTo(shared.meanSquaredError(), withinPercentage(1e-10));
            Enumeration independent = Enumeration.of(lab, new Artbp(new Cuts(3, law, false)));
            assertThat(increments.independent()).isCloseTo(independent.meanSquaredError(), withinPercentage(1e-10));
        }
    }

    /**
     * tr Var = Σ_j Σ_k π_j(k)·c(k)/(1−c(k))·‖h_j(k)‖²: π_j(k) is the probability that step j has age k, and h_j(k) the
     * gradient that a survival of the link behind step j lets through, walked back over the k steps of the segment.
     */
    private static final class Increments {
        private final GradientLab lab;
        private final CutLaw law;
        private final Network network;
        private final Tape tape;
        private final BackwardPass pass;
        private final int width;

        Increments(GradientLab lab, CutLaw law) {
            this.lab = lab;
            this.law = law;
            this.network = lab.network();
            this.tape = lab.run(network);
            this.pass = new BackwardPass(network, lab.lanes(), 1);
            this.width = lab.model().cell().stateSize();
        }

        /** All lanes are cut together: one increment for all. */
        double shared() {
            return sum(adjoint -> adjoint);
        }

        /** Lanes are cut on their own: their increments are uncorrelated. */
        double independent() {
            double total = 0.0;
            for (int lane = 0; lane < lab.lanes(); lane++) {
                int from = lane * width;
                total += sum(adjoint -> {
                    double[] own = new double[adjoint.length];
                    System.arraycopy(adjoint, from, own, from, width);
                    return own;
                });
            }
            return total;
        }

        private double sum(UnaryOperator<double[]> choose) {
            double[] ages = {0.0, 1.0};
            double total = 0.0;
            for (int j = 1; j < lab.steps(); j++) {
                double[] adjoint = choose.apply(behind(j));
                double[] next = new double[j + 2];
                for (int k = 1; k <= j; k++) {
                    double c = law.cut(k);
                    double[] h = walk(j, k, adjoint);
                    total += ages[k] * c / (1 - c) * Vectors.dot(h, h);
                    next[1] += ages[k] * c;
                    next[k + 1] += ages[k] * (1 - c);
                }
                ages = next;
            }
            return total;
        }

        /** J_{j+1}ᵀ δ_{j+1}: the exact adjoint of the state after step j from all later losses. */
        private double[] behind(int j) {
            double[] adjoint = new double[lab.lanes() * width];
            Window window = new Window(lab.lanes(), 1);
            window.reset(lab.steps() - j, 0);
            pass.run(tape, j, window, adjoint, new double[network.parameters()]);
            return adjoint;
        }

        /** Back over the k steps that end with step j, with their factors and without their losses. */
        private double[] walk(int j, int k, double[] adjoint) {
            Window window = new Window(lab.lanes(), 1);
            window.reset(k, k);
            double[] carries = window.makeCarries();
            for (int link = 0; link < (k - 1) * lab.lanes(); link++) {
                carries[link] = 1.0 / (1.0 - law.cut(link / lab.lanes() + 1));
            }
            double[] gradient = new double[network.parameters()];
            pass.run(tape, j - k, window, adjoint.clone(), gradient);
            return gradient;
        }
    }
}
