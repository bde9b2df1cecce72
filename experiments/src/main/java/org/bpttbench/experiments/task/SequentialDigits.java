package org.bpttbench.experiments.task;

import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.head.Loss;
import org.bpttbench.experiments.data.Digits;

/**
 * A handwritten digit shown pixel by pixel, row by row, 64 steps; at the last one its class is asked for. Of the 1,797
 * images, in the order of the file, the first 1,397 are for training, drawn with replacement, the next 200 for validation,
 * the last 200 for test.
 *
 * <p><b>Reference.</b> Images of Alpaydin &amp; Kaynak 1998; shown pixel by pixel as Le, Jaitly &amp; Hinton 2015 show
 * larger ones.
 */
final class SequentialDigits implements EpisodeTask {
    static final Entry<Task> ENTRY = new Entry<>(
            "sequential-digits",
            "the class of a handwritten digit of 8×8 pixels, shown one a step",
            "Alpaydin & Kaynak 1998; Le, Jaitly & Hinton 2015",
            List.of(),
            arguments -> new SequentialDigits());

    private static final int CLASSES = 10;

    /** Images of the validation set, and of the test set. */
    private static final int HELD_OUT = 200;

    private static int first(Split split) {
        int images = Digits.images().length;
        return switch (split) {
            case TRAIN -> 0;
            case VALID -> images - 2 * HELD_OUT;
            case TEST -> images - HELD_OUT;
        };
    }

    @Override
    public int steps() {
        return Digits.PIXELS;
    }

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public boolean tokens() {
        return false;
    }

    @Override
    public int outputs() {
        return CLASSES;
    }

    @Override
    public Loss loss() {
        return Loss.SOFTMAX_CROSS_ENTROPY;
    }

    @Override
    public int episodes(Split split) {
        return split == Split.TRAIN ? first(Split.VALID) : HELD_OUT;
    }

    @Override
    public void write(Episode episode, UniformRandomProvider random) {
        show(episode, random.nextInt(episodes(Split.TRAIN)));
    }

    /** The set's own images in their order. */
    @Override
    public void writeFixed(Episode episode, Split split, int number, UniformRandomProvider random) {
        show(episode, first(split) + number);
    }

    private static void show(Episode episode, int image) {
        int[] pixels = Digits.images()[image];
        for (int step = 0; step < Digits.PIXELS; step++) {
            episode.input(step, 0, pixels[step] / (double) Digits.DARKEST);
        }
        episode.label(Digits.PIXELS - 1, pixels[Digits.PIXELS]);
    }

    @Override
    public String data() {
        return "sequential-digits";
    }

    @Override
    public String dataHash() {
        return Digits.hash();
    }

    /** Of a guess among ten. */
    @Override
    public Map<String, Double> chance() {
        return Map.of(CROSS_ENTROPY, StrictMath.log(CLASSES), ERROR_RATE, 1.0 - 1.0 / CLASSES);
    }
}
