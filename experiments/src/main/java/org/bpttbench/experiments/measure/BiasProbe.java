package org.bpttbench.experiments.measure;

import java.util.ArrayList;
import java.util.List;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Tally;
import org.bpttbench.core.param.ParamBlock;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;

/**
 * Measures an estimator with θ frozen: the exact gradient of a recorded sequence as its shadow, then draws of the estimator
 * on the same data. Draws are made many at a time, as adjoint rows that share a forward pass; how many has no influence on
 * the result. Never holds draws × parameters: draws are folded into batch means as they come. Belongs to one thread.
 *
 * <p>One draw is one realisation on all sequences (lanes) at once, the sum of all its emissions.
 */
public final class BiasProbe {
    /** M, the number of batch means that the statistics work with. */
    public static final int BATCHES = 200;

    private static final int MOST_ROWS = 64;

    /** Doubles of gradients held at once: 16 MiB. */
    private static final int GRADIENT_BUDGET = 1 << 21;

    private final Network network;
    private final Recording recording;
    private final ExactGradient exact;

    /**
     * Records the data and computes the exact gradient.
     *
     * @param network with θ loaded; θ must not move until the last measurement
     * @param source at its start
     * @param lanes sequences measured at once
     * @param burnIn steps run forward before them
     * @param steps of a sequence
     */
    public BiasProbe(Network network, Source source, int lanes, int burnIn, int steps) {
        this.network = network;
        this.recording = new Recording(network, source, lanes, burnIn, steps);
        this.exact = ExactGradient.of(network, recording);
    }

    /** The number of draws that are made for a wish: rounded up to a multiple of the number of batches. */
    public static int roundedDraws(int wish) {
        int batches = Math.min(BATCHES, wish);
        return Math.multiplyExact((wish + batches - 1) / batches, batches);
    }

    /**
     * Measures an estimator.
     *
     * @param at step of training, for the record
     * @param draws how many are wished for; an estimator without chance is run once
     * @param seeds draw i takes its chance from {@code seeds.at(i)}
     */
    public BiasMeasurement measure(GradientEstimator estimator, long at, int draws, Seeds seeds) {
        boolean random = estimator.traits().random();
        int made = random ? roundedDraws(draws) : 1;
        int batches = Math.min(BATCHES, made);
        Fold fold = new Fold(batches, made / batches);
        Tally tally = new Tally();
        int together = together(made);
        for (int first = 0; first < made; first += together) {
            int count = Math.min(together, made - first);
            tally.add(draw(estimator, first, count, seeds, fold));
        }
        long laneSteps = (long) recording.steps() * recording.lanes();
        long tapeSteps = estimator.tapeSteps(recording.lanes(), tally);
        return new BiasMeasurement(
                at,
                !random,
                recording.lanes(),
                made,
                exact.norm(),
                exact.termNorms(),
                fold.blocks(),
                fold.projections,
                1.0,
                (double) tally.backwardLaneSteps() / ((double) made * laneSteps),
                tally.meanSegment(),
                tapeSteps,
                tapeSteps
                        * network.model()
                                .tape(recording.lanes(), recording.tokens())
                                .bytesPerStep(),
                tally.largestWeight());
    }

    private int together(int draws) {
        int byRows = Math.max(1, MOST_ROWS / recording.lanes());
        int byMemory = Math.max(1, GRADIENT_BUDGET / network.parameters());
        return Math.min(draws, Math.min(byRows, byMemory));
    }

    private Tally draw(GradientEstimator estimator, int first, int count, Seeds seeds, Fold fold) {
        List<Coin> coins = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            coins.add(Coin.of(seeds.at(i).generator()));
        }
        StreamPlan plan = StreamPlan.measured(recording.lanes(), count, recording.steps());
        GradientStream stream = estimator.open(network, recording, plan, coins);
        double[] sums = new double[count * network.parameters()];
        stream.advance(recording.steps(), (emitted, window) -> {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += emitted[i];
            }
        });
        for (int i = 0; i < count; i++) {
            fold.add(first + i, sums, i * network.parameters());
        }
        return stream.tally();
    }

    /** Batch means and moments of the draws so far. */
    private final class Fold {
        private final int batchSize;
        private final double[][] means;
        private final double[][] squares;
        private final Moments projections = new Moments();
        private final List<ParamBlock> layout = network.model().layout().blocks();
        private final double gradientSquared;

        Fold(int batches, int batchSize) {
            this.batchSize = batchSize;
            this.means = new double[batches][network.parameters()];
            this.squares = new double[layout.size()][batches];
            this.gradientSquared = exact.norm() * exact.norm();
        }

        void add(int draw, double[] estimates, int offset) {
            double[] gradient = exact.gradient();
            double[] mean = means[draw / batchSize];
            double inner = 0;
            for (int b = 0; b < layout.size(); b++) {
                int end = layout.get(b).offset() + layout.get(b).size();
                double square = 0;
                for (int i = layout.get(b).offset(); i < end; i++) {
                    double error = estimates[offset + i] - gradient[i];
                    mean[i] += error / batchSize;
                    square = Math.fma(error, error, square);
                    inner = Math.fma(error, gradient[i], inner);
                }
                squares[b][draw / batchSize] += square / batchSize;
            }
            if (gradientSquared > 0) {
                projections.add(1.0 + inner / gradientSquared);
            }
        }

        List<BlockMoments> blocks() {
            List<BlockMoments> blocks = new ArrayList<>();
            for (int b = 0; b < layout.size(); b++) {
                ParamBlock block = layout.get(b);
                blocks.add(BlockMoments.of(
                        block.name(), block.size(), block.offset(), exact.gradient(), means, squares[b]));
            }
            return blocks;
        }
    }
}
