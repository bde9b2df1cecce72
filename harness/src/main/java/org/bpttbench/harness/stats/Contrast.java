package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bpttbench.harness.inference.Interval;
import org.bpttbench.harness.inference.MeanDifference;
import org.bpttbench.harness.inference.PairedMean;
import org.bpttbench.harness.inference.RankSum;
import org.bpttbench.harness.inference.Rounding;
import org.bpttbench.harness.inference.SignedRank;

/**
 * One figure of a candidate against that of a baseline: the candidate's less the baseline's. Means and interval are over
 * the finite values, the test is over all: an infinite value stands for a run that diverged or never got there, and ranks
 * worst.
 *
 * @param replicates that the test is over; of samples that are not paired those of the smaller one
 * @param baseline mean of the finite values; of pairs those that are finite in both
 * @param candidate as well
 * @param difference of the means; empty without a finite value on a side
 * @param interval of the difference at 95 %; the difference itself without chance, empty where none holds
 * @param pValue of no difference; empty without chance and where no test holds
 * @param sign of the difference as the test sees it: 1, 0 or −1
 * @param smallestP that so many replicates can give; 0 where chance is that of draws
 * @param chance what it is about
 * @param same whether there is no difference at all
 * @param notes words that say what the figures rest on
 */
public record Contrast(
        int replicates,
        OptionalDouble baseline,
        OptionalDouble candidate,
        OptionalDouble difference,
        Optional<Interval> interval,
        OptionalDouble pValue,
        int sign,
        double smallestP,
        Chance chance,
        boolean same,
        List<String> notes) {

    /** What would come out differently another time. */
    public enum Chance {
        /** Nothing. */
        NONE,
        /** The draws of a random estimator, at given parameters on given data. */
        DRAWS,
        /** The replicates: other weights and data. */
        REPLICATES
    }

    static final String TOO_FEW = "too-few-pairs";
    static final String EXACT = "exact";
    static final String TAIL = "tail";
    static final String PARTIAL = "partial";
    private static final String IDENTICAL = "identical";

    private static final double LEVEL = 0.95;

    public Contrast {
        notes = List.copyOf(notes);
    }

    /** A replicate's figure on both sides; an infinite one is the worst there is. */
    record Couple(double baseline, double candidate) {
        /** Two of the worst are equally bad, and what differs by rounding alone does not differ. */
        double difference() {
            return Rounding.difference(baseline, candidate);
        }

        boolean isFinite() {
            return Double.isFinite(baseline) && Double.isFinite(candidate);
        }
    }

    /**
     * Replicates compared one by one: Student's interval, exact signed ranks.
     *
     * @param worst word for a value that is infinite
     */
    static Contrast paired(List<Couple> couples, String worst) {
        if (couples.isEmpty()) {
            return without("no-replicates");
        }
        double[] all = couples.stream().mapToDouble(Couple::difference).toArray();
        List<Couple> finite = couples.stream().filter(Couple::isFinite).toList();
        double[] ended = finite.stream().mapToDouble(Couple::difference).toArray();
        Optional<SignedRank> test = SignedRank.test(all);
        double smallest = SignedRank.smallestP(test.map(SignedRank::pairs).orElse(0));
        List<String> notes = new ArrayList<>();
        if (smallest > Difference.SIGNIFICANCE) {
            notes.add(TOO_FEW);
        }
        if (finite.size() < couples.size()) {
            notes.add(worst);
        }
        if (ended.length > 1 && Arrays.stream(ended).allMatch(each -> Rounding.same(each, ended[0]))) {
            notes.add(IDENTICAL);
        }
        return new Contrast(
                all.length,
                finite.stream().mapToDouble(Couple::baseline).average(),
                finite.stream().mapToDouble(Couple::candidate).average(),
                Arrays.stream(ended).average(),
                PairedMean.interval(ended, LEVEL),
                pValue(test.map(SignedRank::pValue)),
                test.map(SignedRank::sign).orElse(0),
                smallest,
                Chance.REPLICATES,
                Arrays.stream(all).allMatch(each -> each == 0),
                notes);
    }

    /** Replicates that have nothing in common: Welch's interval, exact rank sums. */
    static Contrast unpaired(double[] baseline, double[] candidate, String worst) {
        if (baseline.length == 0 || candidate.length == 0) {
            return without("no-replicates");
        }
        double[] before = Arrays.stream(baseline).filter(Double::isFinite).toArray();
        double[] after = Arrays.stream(candidate).filter(Double::isFinite).toArray();
        Optional<RankSum> test = RankSum.test(baseline, candidate);
        double smallest = RankSum.smallestP(baseline.length, candidate.length);
        List<String> notes = new ArrayList<>(List.of("unpaired"));
        if (smallest > Difference.SIGNIFICANCE) {
            notes.add(TOO_FEW);
        }
        if (before.length < baseline.length || after.length < candidate.length) {
            notes.add(worst);
        }
        OptionalDouble first = Arrays.stream(before).average();
        OptionalDouble second = Arrays.stream(after).average();
        return new Contrast(
                Math.min(baseline.length, candidate.length),
                first,
                second,
                difference(first, second),
                MeanDifference.interval(before, after, LEVEL),
                pValue(test.map(RankSum::pValue)),
                test.map(RankSum::sign).orElse(0),
                smallest,
                Chance.REPLICATES,
                Stream.of(baseline, candidate)
                        .flatMapToDouble(Arrays::stream)
                        .allMatch(each -> Rounding.same(each, baseline[0])),
                notes);
    }

    private static OptionalDouble pValue(Optional<Double> p) {
        return p.stream().mapToDouble(Double::doubleValue).findFirst();
    }

    /** Of draws, or of figures without chance. */
    static Contrast of(
            int replicates, double baseline, double candidate, BiasPair.Figure figure, boolean exact, String note) {
        double difference = figure.value().orElseThrow();
        // Relative figures: beside the gradient itself, not only beside each other.
        double size = Math.max(1, Math.max(Math.abs(baseline), Math.abs(candidate)));
        boolean same = exact ? Math.abs(difference) <= Rounding.of(size) : Rounding.same(difference, 0);
        return new Contrast(
                replicates,
                OptionalDouble.of(baseline),
                OptionalDouble.of(candidate),
                figure.value(),
                figure.interval(),
                figure.pValue(),
                sign(difference, figure.interval()),
                0,
                exact ? Chance.NONE : Chance.DRAWS,
                same,
                note.isEmpty() ? List.of() : List.of(note.split(" ", -1)));
    }

    static Contrast without(String note) {
        OptionalDouble none = OptionalDouble.empty();
        return new Contrast(0, none, none, none, Optional.empty(), none, 0, 0, Chance.REPLICATES, false, List.of(note));
    }

    /** The same where replicates repeat one run, so that nothing is left to chance. */
    Contrast exact() {
        Optional<Interval> itself = difference.isPresent()
                ? Optional.of(new Interval(difference.getAsDouble(), difference.getAsDouble()))
                : Optional.empty();
        List<String> words = new ArrayList<>(List.of(EXACT));
        notes.stream()
                .filter(word -> !word.equals(TOO_FEW) && !word.equals("unpaired"))
                .forEach(words::add);
        return new Contrast(
                replicates,
                baseline,
                candidate,
                difference,
                itself,
                OptionalDouble.empty(),
                sign,
                0,
                Chance.NONE,
                same,
                words);
    }

    /** The same without a test: where nothing differs there is nothing to test, whatever the family. */
    Contrast untested() {
        return new Contrast(
                replicates,
                baseline,
                candidate,
                difference,
                interval,
                OptionalDouble.empty(),
                sign,
                smallestP,
                chance,
                same,
                notes.stream()
                        .filter(word -> !word.equals(TOO_FEW) && !word.equals(IDENTICAL))
                        .toList());
    }

    /** With a further word before the others. */
    Contrast noted(String word) {
        List<String> words = new ArrayList<>(List.of(word));
        words.addAll(notes);
        return new Contrast(
                replicates, baseline, candidate, difference, interval, pValue, sign, smallestP, chance, same, words);
    }

    /** The candidate's mean over the baseline's; empty unless both are above 0. */
    public OptionalDouble ratio() {
        return baseline.orElse(0) > 0 && candidate.orElse(0) > 0
                ? OptionalDouble.of(candidate.getAsDouble() / baseline.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble difference(OptionalDouble first, OptionalDouble second) {
        return first.isPresent() && second.isPresent()
                ? OptionalDouble.of(second.getAsDouble() - first.getAsDouble())
                : OptionalDouble.empty();
    }

    private static int sign(double difference, Optional<Interval> interval) {
        if (interval.filter(limits -> limits.low() > 0).isPresent()) {
            return 1;
        }
        if (interval.filter(limits -> limits.high() < 0).isPresent()) {
            return -1;
        }
        return (int) Math.signum(difference);
    }
}
