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
 * A coin whose odds depend on two earlier coins. The inputs x(t) are fair coins; the target is
 *
 * <pre>y(t) = ½ + ½·x(t − t₁) − ¼·x(t − t₂)</pre>
 *
 * <p>or a coin that is 1 with that probability. The loss is the cross-entropy, in nats; its mean is the same for either.
 * Its least values are 0.6616 without memory, 0.5192 for who knows x(t − t₁), 0.4545 for who knows both.
 *
 * <p><b>Reference.</b> Marschall, Cho &amp; Savin 2020, "A unified framework of online learning algorithms for training
 * recurrent neural networks", and its published generator; after Pitis 2016, who has t₁ = 3 and t₂ = 8.
 *
 * <p><b>Departures.</b> Inputs from before the start are drawn and not shown; the published generator takes them from the
 * end of its data. An examination does not score the steps that depend on them. Inputs are stretched by no factor.
 *
 * @param first t₁
 * @param second t₂
 * @param exact whether the target is y itself; a coin of that probability otherwise
 */
record AddCoins(int first, int second, boolean exact) implements EndlessTask {
    static final Entry<Task> ENTRY = new Entry<>(
            "add",
            "a coin whose odds depend on two earlier coins",
            "Marschall, Cho & Savin 2020; Pitis 2016",
            List.of(
                    Parameter.integer("first", "t₁, steps to the coin that adds ½")
                            .atLeast(1)
                            .atMost(1 << 20)
                            .orElse(3L),
                    Parameter.integer("second", "t₂, steps to the coin that takes ¼ away")
                            .atLeast(1)
                            .atMost(1 << 20)
                            .orElse(8L),
                    Parameter.word(
                                    "labels",
                                    "whether the target is the probability itself or a coin that has it",
                                    "exact",
                                    "bernoulli")
                            .orElse("bernoulli")),
            a -> new AddCoins(
                    a.integer("first"), a.integer("second"), a.text("labels").equals("exact")));

    private static final String NATS = "nats";

    /** The probability of a 1. */
    static double odds(int first, int second) {
        return 0.5 + 0.5 * first - 0.25 * second;
    }

    @Override
    public int inputs() {
        return 2;
    }

    /** One symbol a coin is the same as the pair (x, 1 − x): symbol 0 stands for 1. */
    @Override
    public boolean tokens() {
        return true;
    }

    @Override
    public int outputs() {
        return 2;
    }

    @Override
    public Loss loss() {
        return exact ? Loss.CROSS_ENTROPY : Loss.SOFTMAX_CROSS_ENTROPY;
    }

    @Override
    public LaneStream lane(Seeds seeds) {
        return new Coins(this, seeds);
    }

    private int lag() {
        return Math.max(first, second);
    }

    @Override
    public Examination examination() {
        return new Examination(32, lag(), 2000);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(new Metric(NATS, "nats", true, "mean cross-entropy of a step on a fixed stream"));
    }

    @Override
    public Map<String, Double> figures(double loss, Split split) {
        return Map.of(NATS, loss);
    }

    /** {@code chance} knows the mean odds, {@code first-known} the coin t₁ steps ago, {@code floor} both. */
    @Override
    public Map<String, Map<String, Double>> baselines(Split split) {
        Map<String, Double> methods = new LinkedHashMap<>();
        methods.put("chance", coin(0.625));
        double[] odds = first == second
                ? new double[] {odds(0, 0), odds(1, 1)}
                : new double[] {odds(0, 0), odds(0, 1), odds(1, 0), odds(1, 1)};
        double floor = 0;
        for (double one : odds) {
            floor += coin(one) / odds.length;
        }
        if (first != second) {
            methods.put("first-known", (coin(0.375) + coin(0.875)) / 2);
        }
        methods.put("floor", floor);
        return Map.of(NATS, methods);
    }

    private static double coin(double probability) {
        return Entropy.of(probability, 1 - probability);
    }

    @Override
    public OptionalLong memoryLag() {
        return OptionalLong.of(lag());
    }

    private static final class Coins implements LaneStream {
        private final AddCoins task;
        private final UniformRandomProvider inputs;
        private final UniformRandomProvider outcomes;

        /** The last coins: x(s) at s mod length, x(t) included. */
        private final int[] coins;

        private int at;

        Coins(AddCoins task, Seeds seeds) {
            this.task = task;
            this.inputs = seeds.at("inputs").generator();
            this.outcomes = seeds.at("outcomes").generator();
            this.coins = new int[task.lag() + 1];
            for (int i = 0; i < coins.length; i++) {
                coins[i] = inputs.nextInt(2);
            }
        }

        private int ago(int steps) {
            return coins[Math.floorMod(at - steps, coins.length)];
        }

        @Override
        public void next(Tape tape, int row) {
            at = (at + 1) % coins.length;
            coins[at] = inputs.nextInt(2);
            tape.tokens()[row] = 1 - coins[at];
            tape.masks()[row] = true;
            double odds = odds(ago(task.first), ago(task.second));
            if (task.exact) {
                tape.targets()[2 * row] = odds;
                tape.targets()[2 * row + 1] = 1 - odds;
            } else {
                tape.labels()[row] = outcomes.nextDouble() < odds ? 0 : 1;
            }
        }

        @Override
        public void save(StateWriter out) {
            out.section("coins");
            out.putInts(coins);
            out.putInt(at);
            Generators.save(inputs, out);
            Generators.save(outcomes, out);
        }

        @Override
        public void load(StateReader in) {
            in.section("coins");
            in.readInts(coins);
            at = in.readInt();
            Generators.load(inputs, in);
            Generators.load(outcomes, in);
        }
    }
}
