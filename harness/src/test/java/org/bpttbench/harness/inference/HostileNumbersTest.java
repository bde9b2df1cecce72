package org.bpttbench.harness.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a run came to, a statistic of it is finite or empty: it never throws, since that would leave a file unwritten. */
class HostileNumbersTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;
    private static final double LEVEL = 0.95;
    private static final int RESAMPLES = 199;

    /** By what is wrong with them. */
    private static Map<String, double[]> numbers() {
        Map<String, double[]> numbers = new LinkedHashMap<>();
        numbers.put("none", new double[] {});
        numbers.put("one", new double[] {0.3});
        numbers.put("one that is not a number", new double[] {Double.NaN});
        numbers.put("one that is infinite", new double[] {INFINITE});
        numbers.put("two", new double[] {0.3, -0.2});
        numbers.put("zeros", new double[30]);
        numbers.put("no spread", filled(30, 0.1));
        numbers.put("no spread but for rounding", alternating(30, 0.1, Math.nextUp(0.1)));
        numbers.put("hardly ever another", with(filled(30, 0), 7, 1));
        numbers.put("not a number", with(filled(30, 0.5), 3, Double.NaN));
        numbers.put("infinite", with(alternating(30, 1, 2), 3, INFINITE));
        numbers.put("infinite below", with(alternating(30, 1, 2), 3, -INFINITE));
        numbers.put("infinite both ways", with(with(alternating(30, 1, 2), 3, INFINITE), 4, -INFINITE));
        numbers.put("infinite all", filled(30, INFINITE));
        numbers.put("too large to be squared", alternating(30, 1e200, -3e200));
        numbers.put("too large to be added", alternating(30, 1.7e308, 1.6e308));
        numbers.put("too large to be subtracted", alternating(30, 1.7e308, -1.7e308));
        numbers.put("too small to be squared", alternating(30, 1e-200, 3e-200));
        numbers.put("subnormal", alternating(30, 1e-320, 3e-323));
        numbers.put("of all sizes", new double[] {1e-320, 1e-200, 1e-10, -1, 1e10, 1e150, -1e200, 1e300, 0, -0.0, 3});
        return numbers;
    }

    private static double[] filled(int length, double value) {
        double[] values = new double[length];
        Arrays.fill(values, value);
        return values;
    }

    private static double[] alternating(int length, double one, double other) {
        double[] values = filled(length, one);
        for (int i = 1; i < length; i += 2) {
            values[i] = other;
        }
        return values;
    }

    private static double[] with(double[] values, int at, double value) {
        double[] copy = values.clone();
        copy[at] = value;
        return copy;
    }

    /** All figures of each statistic; what is empty has none. */
    private static Map<String, Function<double[], DoubleStream>> statistics() {
        Map<String, Function<double[], DoubleStream>> all = new LinkedHashMap<>();
        all.put(
                "signed ranks",
                values -> SignedRank.test(values).stream()
                        .flatMapToDouble(test -> DoubleStream.of(
                                test.statistic(), test.pValue(), test.sign(), SignedRank.smallestP(test.pairs()))));
        all.put(
                "rank sums",
                values -> RankSum.test(first(values), second(values)).stream()
                        .flatMapToDouble(test -> DoubleStream.of(
                                test.statistic(),
                                test.pValue(),
                                test.sign(),
                                RankSum.smallestP(test.first(), test.second()))));
        all.put("interquartile mean", values -> InterquartileMean.of(values).stream());
        all.put("paired mean", values -> limits(PairedMean.interval(values, LEVEL)));
        all.put("difference of means", values -> limits(MeanDifference.interval(first(values), second(values), LEVEL)));
        all.put("bootstrap", values -> tested(new double[][] {values}));
        all.put("bootstrap of strata", values -> tested(new double[][] {first(values), second(values)}));
        all.put(
                "norm of a mean",
                values -> MeanNorm.of(values.length, products(values), square(values)).stream()
                        .flatMapToDouble(norm -> limits(norm.interval(LEVEL))));
        all.put(
                "difference of norms",
                values -> NormDifference.of(values.length, products(values), square(values)).stream()
                        .flatMapToDouble(norms ->
                                DoubleStream.concat(limits(norms.interval(LEVEL)), DoubleStream.of(norms.pValue()))));
        all.put(
                "no probability where there is no test",
                values -> Arrays.stream(Holm.adjust(Arrays.stream(values)
                                .map(value -> value >= 0 && value <= 1 ? value : Double.NaN)
                                .toArray()))
                        .filter(p -> !Double.isNaN(p)));
        all.put(
                "no trial, no success, no failure",
                values -> Stream.of(
                                BinomialBounds.interval(0, values.length, LEVEL),
                                BinomialBounds.interval(values.length, values.length, LEVEL))
                        .flatMapToDouble(limits -> DoubleStream.of(limits.low(), limits.high())));
        return all;
    }

    private static double[] first(double[] values) {
        return Arrays.copyOf(values, values.length / 2);
    }

    private static double[] second(double[] values) {
        return Arrays.copyOfRange(values, values.length / 2, values.length);
    }

    /** The triangle of the Gram matrix of rows of one number. */
    private static double[] products(double[] values) {
        List<Double> triangle = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            for (int j = i; j < values.length; j++) {
                triangle.add(values[i] * values[j]);
            }
        }
        return triangle.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double square(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return mean * mean;
    }

    private static DoubleStream limits(Optional<Interval> interval) {
        return interval.stream().flatMapToDouble(limits -> DoubleStream.of(limits.low(), limits.high()));
    }

    private static DoubleStream tested(double[][] strata) {
        StudentisedBootstrap.Tested tested = StudentisedBootstrap.tested(
                strata, LEVEL, RESAMPLES, Seeds.of(1).generator());
        OptionalDouble p = tested.pValue();
        assertThat(p.isPresent()).isEqualTo(tested.interval().isPresent());
        return DoubleStream.concat(limits(tested.interval()), p.stream());
    }

    private static double[] numbers(String name) {
        return Objects.requireNonNull(numbers().get(name));
    }

    private static DoubleStream figures(String statistic, double[] values) {
        return Objects.requireNonNull(statistics().get(statistic)).apply(values);
    }

    static List<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        statistics()
                .keySet()
                .forEach(statistic ->
                        numbers().keySet().forEach(numbers -> cases.add(Arguments.of(statistic, numbers))));
        return cases;
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("cases")
    void figuresAreFiniteOrEmpty(String statistic, String numbers) {
        double[] values = numbers(numbers);
        double[] before = values.clone();
        assertThat(figures(statistic, values).boxed()).allMatch(Double::isFinite);
        assertThat(values).isEqualTo(before);
    }

    /** A law has figures and no room for empty ones: they are NaN, and infinite never. */
    @ParameterizedTest
    @MethodSource("names")
    void theLawOfQIsFiniteOrNotANumber(String numbers) {
        double[] values = numbers(numbers);
        WeightedChiSquares law = WeightedChiSquares.of(values);
        for (double x : DoubleStream.concat(DoubleStream.of(0, Double.NaN, -INFINITE), Arrays.stream(values))
                .toArray()) {
            assertThat(List.of(law.cdf(x), law.survival(x))).noneMatch(figure -> figure.isInfinite());
        }
    }

    /** One that is infinite is an honest limit here: of values that stand for runs that diverged. */
    @ParameterizedTest
    @MethodSource("names")
    void theInterquartileIntervalHasLimits(String numbers) {
        double[] values = numbers(numbers);
        assertThat(InterquartileMean.interval(
                        values, LEVEL, RESAMPLES, Seeds.of(1).generator())
                        .stream())
                .allMatch(limits -> limits.low() <= limits.high());
    }

    static List<String> names() {
        return List.copyOf(numbers().keySet());
    }

    /** What is tested here would also pass if nothing ever had a figure. */
    @ParameterizedTest
    @MethodSource("statisticNames")
    void ofOrdinaryNumbersThereAreFigures(String statistic) {
        double[] values = Seeds.of(2).generator().doubles(30).toArray();
        assertThat(figures(statistic, values).toArray()).isNotEmpty();
    }

    static List<String> statisticNames() {
        return List.copyOf(statistics().keySet());
    }
}
