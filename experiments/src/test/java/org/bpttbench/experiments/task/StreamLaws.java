package org.bpttbench.experiments.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Who knows how a stream is made, told one input after another, written without a look at what makes it. */
final class StreamLaws {
    private StreamLaws() {}

    /** An observer of one lane from its first step. */
    @FunctionalInterface
    interface Observer {
        /** @return the probability of each target of the step with this input, all before it seen */
        double[] see(int input);
    }

    static Observer of(EndlessTask task) {
        if (task instanceof AnBn lines) {
            return new OfAnBn(lines);
        }
        if (task instanceof Brackets lines) {
            return new OfBrackets(lines);
        }
        if (task instanceof CopyStream) {
            return new OfCopies();
        }
        return new OfCoins((AddCoins) task);
    }

    private static double[] certain(int outcomes, int outcome) {
        double[] law = new double[outcomes];
        law[outcome] = 1.0;
        return law;
    }

    /** Counts down what is left of bⁿ. */
    private static final class OfAnBn implements Observer {
        private final AnBn task;
        private int as;
        private int bs;

        OfAnBn(AnBn task) {
            this.task = task;
        }

        @Override
        public double[] see(int input) {
            switch (input) {
                case 0 -> {
                    as++;
                    double lengths = task.longest() - Math.max(as, task.shortest()) + 1.0;
                    double ends = as < task.shortest() ? 0.0 : 1.0 / lengths;
                    return new double[] {1 - ends, 0.0, ends};
                }
                case 1 -> {
                    bs--;
                    return certain(3, bs > 0 ? 1 : 2);
                }
                default -> {
                    bs = as;
                    as = 0;
                    return certain(3, bs > 0 ? 1 : 0);
                }
            }
        }
    }

    /** Keeps the line so far. */
    private static final class OfBrackets implements Observer {
        private final Brackets task;
        private final List<Integer> line = new ArrayList<>();

        OfBrackets(Brackets task) {
            this.task = task;
        }

        @Override
        public double[] see(int input) {
            int size = task.alphabet() + 3;
            int opening = task.alphabet();
            if (input == opening + 2) {
                line.clear();
                return certain(size, opening);
            }
            line.add(input);
            int second = line.lastIndexOf(opening);
            int inside = line.size() - 1 - second;
            if (second > 0) {
                return certain(
                        size,
                        inside > task.save() ? opening + 2 : inside < task.save() ? line.get(1 + inside) : opening + 1);
            }
            if (inside <= task.save()) {
                return inside == task.save() ? certain(size, opening + 1) : drawn(size, 0.0);
            }
            int distance = inside - task.save() - 1;
            boolean mayEnd = distance >= task.shortest();
            return drawn(size, mayEnd ? 1.0 / (task.longest() - distance + 1) : 0.0);
        }

        private double[] drawn(int size, double ends) {
            double[] law = new double[size];
            Arrays.fill(law, 0, task.alphabet(), (1 - ends) / task.alphabet());
            law[task.alphabet()] = ends;
            return law;
        }
    }

    /** A block and how much of it came back. Says blank until it has seen a marker. */
    private static final class OfCopies implements Observer {
        private final List<Integer> block = new ArrayList<>();
        private int returned;

        @Override
        public double[] see(int input) {
            if (input == 1) {
                block.clear();
                returned = 0;
            }
            if (input != 0) {
                block.add(input);
                return certain(6, 0);
            }
            return certain(6, returned < block.size() ? block.get(returned++) : 0);
        }
    }

    private static final class OfCoins implements Observer {
        private final AddCoins task;
        private final List<Integer> coins = new ArrayList<>();

        OfCoins(AddCoins task) {
            this.task = task;
        }

        @Override
        public double[] see(int input) {
            coins.add(input == 0 ? 1 : 0);
            double one = 0.5 + 0.5 * ago(task.first()) - 0.25 * ago(task.second());
            return new double[] {one, 1 - one};
        }

        private int ago(int steps) {
            int at = coins.size() - 1 - steps;
            return at < 0 ? 0 : coins.get(at);
        }
    }
}
