package org.bpttbench.experiments.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpttbench.experiments.train.FrozenTraining;

/**
 * Folds what training's clipping and its optimiser make of draws, as the draws come, against what they make of the exact
 * gradient. What is clipped is the gradient of the whole measured sequence, in the unit in which training clips: that is
 * what training clips where θ moves once a sequence, and where one window covers it.
 */
final class Treated {
    /** What is done with a gradient. */
    @FunctionalInterface
    private interface Treatment {
        /**
         * @param gradient overwritten
         * @return whether it was changed
         */
        boolean apply(double[] gradient);
    }

    private static final class Kind {
        private final OtherBias.Kind kind;
        private final Treatment treatment;
        private final WholeFold fold;
        private long changed;

        Kind(OtherBias.Kind kind, Treatment treatment, double[] exact, int batches, int batchSize) {
            this.kind = kind;
            this.treatment = treatment;
            double[] reference = exact.clone();
            treatment.apply(reference);
            this.fold = new WholeFold(reference, batches, batchSize);
        }

        void add(int draw, double[] values) {
            changed += treatment.apply(values) ? 1 : 0;
            fold.add(draw, values, 0);
        }

        Optional<OtherBias> bias(int draws, boolean random) {
            OptionalDouble share = kind == OtherBias.Kind.CLIPPING
                    ? OptionalDouble.of((double) changed / draws)
                    : OptionalDouble.empty();
            return fold.bias(kind, random, share);
        }
    }

    private final double scale;
    private final int draws;
    private final double[] values;
    private final List<Kind> kinds = new ArrayList<>();

    private Treated(double scale, int draws, int parameters) {
        this.scale = scale;
        this.draws = draws;
        this.values = new double[parameters];
    }

    /** @param gradient exact, {@code [P]}; not modified */
    static Treated of(Optional<FrozenTraining> training, double[] gradient, int batches, int batchSize) {
        double scale = training.map(FrozenTraining::scale).orElse(1.0);
        Treated treated = new Treated(scale, batches * batchSize, gradient.length);
        treated.scaled(gradient, 0);
        double[] exact = treated.values.clone();
        if (training.isPresent() && training.get().clips()) {
            treated.kinds.add(new Kind(OtherBias.Kind.CLIPPING, training.get()::clip, exact, batches, batchSize));
        }
        if (training.isPresent() && training.get().bends()) {
            Treatment step = taken -> {
                training.get().step(taken);
                return true;
            };
            treated.kinds.add(new Kind(OtherBias.Kind.OPTIMIZER, step, exact, batches, batchSize));
        }
        return treated;
    }

    /** @param estimates holds the draw from {@code offset}, not modified */
    void add(int draw, double[] estimates, int offset) {
        for (Kind kind : kinds) {
            scaled(estimates, offset);
            kind.add(draw, values);
        }
    }

    /** When all draws are in; without those that left the range of numbers. */
    List<OtherBias> biases(boolean random) {
        return kinds.stream().flatMap(kind -> kind.bias(draws, random).stream()).toList();
    }

    private void scaled(double[] estimates, int offset) {
        for (int i = 0; i < values.length; i++) {
            values[i] = estimates[offset + i] / scale;
        }
    }
}
