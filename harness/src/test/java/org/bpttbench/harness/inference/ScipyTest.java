package org.bpttbench.harness.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small tests and intervals against another package's numbers; {@code small-samples.py} says how each was made. */
class ScipyTest {
    private static final double RELATIVE = 1e-9;

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    record Reference(String what, double[] data, double[] result) {
        @Override
        public String toString() {
            return what + " of " + data.length;
        }
    }

    static List<Reference> references() {
        return Tables.lines("small-samples.txt").stream()
                .map(line -> line.split(" \\| "))
                .map(parts -> new Reference(parts[0], Tables.numbers(parts[1]), Tables.numbers(parts[2])))
                .toList();
    }

    @Test
    void everyPieceHasReferences() {
        assertThat(references().stream().map(Reference::what).distinct())
                .containsExactlyInAnyOrder(
                        "signed-rank",
                        "paired-mean",
                        "interquartile-mean",
                        "binomial",
                        "holm",
                        "rank-sum",
                        "mean-difference");
    }

    @ParameterizedTest
    @MethodSource("references")
    void agrees(Reference reference) {
        double[] actual = compute(reference.what, reference.data);
        assertThat(actual).hasSameSizeAs(reference.result);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .isEqualTo(reference.result[i], within(RELATIVE * (1e-6 + Math.abs(reference.result[i]))));
        }
    }

    private static double[] compute(String what, double[] data) {
        return switch (what) {
            case "signed-rank" -> ofSignedRank(SignedRank.test(data).orElseThrow());
            case "paired-mean" -> limits(PairedMean.interval(data, 0.95));
            case "interquartile-mean" ->
                new double[] {InterquartileMean.of(data).orElseThrow()};
            case "binomial" -> limits(Optional.of(BinomialBounds.interval((long) data[0], (long) data[1], data[2])));
            case "holm" -> Holm.adjust(data);
            case "rank-sum" -> ofRankSum(RankSum.test(first(data), second(data)).orElseThrow());
            case "mean-difference" -> limits(MeanDifference.interval(first(data), second(data), 0.95));
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static double[] ofSignedRank(SignedRank test) {
        return new double[] {test.statistic(), test.pValue()};
    }

    private static double[] limits(Optional<Interval> interval) {
        return new double[] {
            interval.orElseThrow().low(), interval.orElseThrow().high()
        };
    }

    /** Two samples, their sizes before them. */
    private static double[] first(double[] data) {
        return Arrays.copyOfRange(data, 2, 2 + (int) data[0]);
    }

    private static double[] second(double[] data) {
        return Arrays.copyOfRange(data, 2 + (int) data[0], data.length);
    }

    private static double[] ofRankSum(RankSum test) {
        return new double[] {test.statistic(), test.pValue()};
    }
}
