package org.bpttbench.experiments.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.head.Loss;

/**
 * Two or three symbols, each X or Y, stand somewhere in a sequence of distracting symbols a, b, c, d; at its end the class
 * is wanted that says which they were and in which order: 4 or 8 classes.
 *
 * <p>A sequence of n steps, counted from 0, has them at places uniform on n/10 steps each: from n/10 and from 5·n/10 on, or
 * from n/10, 3·n/10 and 6·n/10 on (rounded down). This is the scaled form that Martens &amp; Sutskever and Pascanu use; the
 * original has lengths of 100 to 110 and a mark at either end, which add nothing where the length is fixed.
 *
 * <p><b>Reference.</b> Hochreiter &amp; Schmidhuber 1997, experiments 6a and 6b; Pascanu, Mikolov &amp; Bengio 2013.
 *
 * @param length n
 * @param symbols how many symbols count, 2 or 3
 */
public record TemporalOrder(int length, int symbols) implements EpisodeTask {
    private static final int DISTRACTORS = 4;

    /** {@code type: temporal-order}. */
    public static final Entry<Task> ENTRY = new Entry<>(
            "temporal-order",
            "which symbols came in which order among many that do not matter",
            "Hochreiter & Schmidhuber 1997, experiment 6; Pascanu, Mikolov & Bengio 2013",
            List.of(
                    Parameter.integer("length", "n: steps of a sequence")
                            .atLeast(10)
                            .atMost(1 << 20)
                            .orElse(100L),
                    Parameter.integer("symbols", "how many symbols count: 2 give 4 classes, 3 give 8")
                            .atLeast(2)
                            .atMost(3)
                            .orElse(2L)),
            arguments -> new TemporalOrder(arguments.integer("length"), arguments.integer("symbols")));

    /** The first place, in tenths of the sequence, of each symbol that counts. */
    private List<Integer> tenths() {
        return symbols == 2 ? List.of(1, 5) : List.of(1, 3, 6);
    }

    private int place(int tenths) {
        return (int) ((long) tenths * length / 10);
    }

    @Override
    public int steps() {
        return length;
    }

    /** Symbols 0 and 1 are X and Y; the class has the first of them as its lowest bit. */
    @Override
    public void write(Episode episode, UniformRandomProvider random) {
        for (int step = 0; step < length; step++) {
            episode.token(step, 2 + random.nextInt(DISTRACTORS));
        }
        int label = 0;
        for (int i = 0; i < symbols; i++) {
            int step = place(tenths().get(i)) + random.nextInt(place(1));
            int symbol = random.nextInt(2);
            episode.token(step, symbol);
            label |= symbol << i;
        }
        episode.label(length - 1, label);
    }

    @Override
    public int inputs() {
        return 2 + DISTRACTORS;
    }

    @Override
    public boolean tokens() {
        return true;
    }

    @Override
    public int outputs() {
        return 1 << symbols;
    }

    @Override
    public Loss loss() {
        return Loss.SOFTMAX_CROSS_ENTROPY;
    }

    @Override
    public String data() {
        return "temporal-order " + length + ' ' + symbols;
    }

    @Override
    public OptionalLong memoryLag() {
        return OptionalLong.of(length - 1L - place(1));
    }

    @Override
    public Map<String, Double> chance() {
        return Map.of(CROSS_ENTROPY, symbols * StrictMath.log(2.0), ERROR_RATE, 1.0 - 1.0 / outputs());
    }

    @Override
    public Optional<Success> success() {
        return Optional.of(
                new Success(ERROR_RATE, 0.01, "fewer than 1 % of 10,000 sequences put into the wrong class"));
    }
}
