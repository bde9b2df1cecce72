package org.bpttbench.variants.truncation;

import java.util.List;
import java.util.stream.Stream;
import org.bpttbench.core.gradient.GradientSink;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Schedule;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.gradient.Tally;
import org.bpttbench.core.gradient.Traits;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.random.Coin;

/** ARTBP with a mistake that is easily made. A test that does not find it tests nothing. */
public interface Mutant extends Truncation {
    @Override
    default Traits traits() {
        return new Traits(false, true, true, false, "a mutant claims what it does not keep");
    }

    /** All that can be told from ARTBP under these cuts. */
    static Stream<Mutant> of(Cuts cuts) {
        Mutant noFactor = new Linked("no factor", cuts, (law, age, coin) -> coin.flip(law.cut(age)) ? 0.0 : 1.0);
        Mutant next = new Linked("the c of the next age", cuts, (law, age, coin) -> factor(law, age, age + 1, coin));
        Mutant previous = new Linked(
                "the c of the age before", cuts, (law, age, coin) -> factor(law, age, Math.max(1, age - 1), coin));
        Mutant firstLink = new Linked(
                "a factor on the first link only",
                cuts,
                (law, age, coin) -> age == 1 ? factor(law, 1, 1, coin) : coin.flip(law.cut(age)) ? 0.0 : 1.0);
        boolean ageless = cuts.law().cut(1) == cuts.law().cut(2);
        return ageless
                ? Stream.of(noFactor, firstLink, new OneFactor(cuts))
                : Stream.of(noFactor, next, previous, firstLink, new OneFactor(cuts));
    }

    private static double factor(CutLaw law, long age, long wrongAge, Coin coin) {
        return coin.flip(law.cut(age)) ? 0.0 : 1.0 / (1.0 - law.cut(wrongAge));
    }

    /** Wrong on single links. */
    record Linked(String name, Cuts cuts, LinkRule rule) implements Mutant, RandomTruncation {

        @Override
        public String toString() {
            return name + ", " + cuts;
        }
    }

    /** Plain segments, the gradient of each divided by the probability that a segment lasts so long. */
    record OneFactor(Cuts cuts) implements Mutant {
        @Override
        public Schedule schedule(StreamPlan plan, List<Coin> coins) {
            return new Uncompensated(cuts).schedule(plan, coins);
        }

        @Override
        public GradientStream open(Network network, Source source, StreamPlan plan, List<Coin> coins) {
            GradientStream plain = Mutant.super.open(network, source, plan, coins);
            return new GradientStream() {
                @Override
                public void advance(long steps, GradientSink sink) {
                    plain.advance(steps, (gradient, window) -> {
                        double survival = 1.0;
                        for (int age = 1; age < window.steps(); age++) {
                            survival *= 1.0 - cuts.law().cut(age);
                        }
                        for (int p = 0; p < gradient.length; p++) {
                            gradient[p] /= survival;
                        }
                        sink.accept(gradient, window);
                    });
                }

                @Override
                public boolean betweenSequences() {
                    return plain.betweenSequences();
                }

                @Override
                public Tally tally() {
                    return plain.tally();
                }
            };
        }
    }
}
