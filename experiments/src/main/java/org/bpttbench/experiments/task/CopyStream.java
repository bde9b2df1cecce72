package org.bpttbench.experiments.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.random.Generators;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;
import org.bpttbench.core.tape.Tape;

/**
 * Blocks to be repeated. A block of m symbols, a marker and m − 1 drawn from four, is followed by m blanks; the target is
 * blank during the block and the block itself during the blanks. m is uniform from {@code shortest} to {@code longest}.
 *
 * <pre>input   # b c d _ _ _ _ # c b _ _ _
 * target  _ _ _ _ # b c d _ _ _ # c b</pre>
 *
 * <p>All targets follow from the inputs: the floor is 0 nats, a perplexity of 1.
 *
 * <p><b>Reference.</b> Aicher, Foti &amp; Fox 2019, "Adaptively truncating backpropagation through time to control
 * gradient bias", with m = 10 and m from 5 to 10, and its published generator.
 *
 * <p><b>Departures.</b> The stream starts as many steps into a block as there, but each lane by a number of its own: the
 * published batch shares one, for which there is no reason. The paper trains again and again on 4000 steps; here the
 * stream is endless, so there is nothing to overfit. The first {@code 2·longest} steps of an examination, in which a lane
 * may repeat what it was never shown, are not scored.
 *
 * @param shortest least m
 * @param longest greatest m
 */
record CopyStream(int shortest, int longest) implements EndlessTask {
    static final Entry<Task> ENTRY = new Entry<>(
            "copy-stream",
            "an endless stream of blocks, each to be repeated when it has ended",
            "Aicher, Foti & Fox 2019",
            List.of(
                    Parameter.integer("shortest", "least length m of a block")
                            .atLeast(1)
                            .atMost(1 << 20)
                            .orElse(10L),
                    Parameter.integer("longest", "greatest length m of a block, at least shortest")
                            .atLeast(1)
                            .atMost(1 << 20)
                            .orElse(10L)),
            a -> new CopyStream(a.integer("shortest"), a.integer("longest")));

    private static final int SYMBOLS = 6;
    private static final int BLANK = 0;
    private static final int MARKER = 1;
    private static final int FIRST_DRAWN = 2;
    private static final String PERPLEXITY = "perplexity";
    private static final String NATS = "nats";

    CopyStream {
        Lengths.check(shortest, longest);
    }

    @Override
    public int inputs() {
        return SYMBOLS;
    }

    @Override
    public boolean tokens() {
        return true;
    }

    @Override
    public int outputs() {
        return SYMBOLS;
    }

    @Override
    public Loss loss() {
        return Loss.SOFTMAX_CROSS_ENTROPY;
    }

    @Override
    public LaneStream lane(Seeds seeds) {
        return new Blocks(shortest, longest, seeds.generator());
    }

    @Override
    public Examination examination() {
        return new Examination(64, 2 * longest, 1000);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric(PERPLEXITY, "", true, "exp of nats"),
                new Metric(
                        NATS, "nats", true, "mean cross-entropy of a step on a fixed stream, blank targets included"));
    }

    @Override
    public Map<String, Double> figures(double loss, Split split) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(PERPLEXITY, StrictMath.exp(loss));
        values.put(NATS, loss);
        return values;
    }

    /**
     * {@code chance} knows how often each target comes; {@code drawn-guessed} knows everything but the drawn symbols;
     * {@code floor} knows everything.
     */
    @Override
    public Map<String, Map<String, Double>> baselines(Split split) {
        double length = (shortest + longest) / 2.0;
        double drawn = length - 1;
        Map<String, Double> nats = new LinkedHashMap<>();
        nats.put("chance", Entropy.of(length, 1, drawn / 4, drawn / 4, drawn / 4, drawn / 4));
        nats.put("drawn-guessed", drawn / (2 * length) * Entropy.choice(SYMBOLS - FIRST_DRAWN));
        nats.put("floor", 0.0);
        Map<String, Double> perplexity = new LinkedHashMap<>(nats);
        perplexity.replaceAll((method, value) -> StrictMath.exp(value));
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        all.put(PERPLEXITY, perplexity);
        all.put(NATS, nats);
        return all;
    }

    /**
     * A symbol returns after m steps. Where m varies, its block's beginning must be known as well, to tell which symbol is
     * due: it lies up to 2·longest − 3 steps back, when all but one of the longest block's symbols have returned. Blocks
     * of a marker alone need no memory.
     */
    @Override
    public OptionalLong memoryLag() {
        if (longest == 1) {
            return OptionalLong.of(0);
        }
        return OptionalLong.of(shortest == longest ? longest : Math.max(longest, 2L * longest - 3));
    }

    private static final class Blocks implements LaneStream {
        private final int shortest;
        private final UniformRandomProvider random;
        private final int[] block;
        private int length;
        private int at;

        Blocks(int shortest, int longest, UniformRandomProvider random) {
            this.shortest = shortest;
            this.random = random;
            this.block = new int[longest];
            draw();
            for (int skipped = random.nextInt(2 * longest); skipped > 0; skipped--) {
                advance();
            }
        }

        private void draw() {
            length = random.nextInt(shortest, block.length + 1);
            block[0] = MARKER;
            for (int i = 1; i < length; i++) {
                block[i] = random.nextInt(FIRST_DRAWN, SYMBOLS);
            }
            at = 0;
        }

        private void advance() {
            at++;
            if (at == 2 * length) {
                draw();
            }
        }

        @Override
        public void next(Tape tape, int row) {
            boolean shown = at < length;
            tape.tokens()[row] = shown ? block[at] : BLANK;
            tape.labels()[row] = shown ? BLANK : block[at - length];
            tape.masks()[row] = true;
            advance();
        }

        @Override
        public void save(StateWriter out) {
            out.section("blocks");
            out.putInts(block);
            out.putInt(length);
            out.putInt(at);
            Generators.save(random, out);
        }

        @Override
        public void load(StateReader in) {
            in.section("blocks");
            in.readInts(block);
            length = in.readInt();
            at = in.readInt();
            Generators.load(random, in);
        }
    }
}
