package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SweepErrors;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws that the margin decides, on the system whose variance can be written down. */
class DrawsForMarginTest {
    private static final double A = 0.5;
    private static final double MEAN = 3;
    private static final int STEPS = 8;
    private static final String FILE = """
            name: x
            seed: 1
            task: {type: linear-drive, a: 0.5}
            estimator: {type: artbp, mean: 3}
            measure: {bias: {length: 8, draws: {resolve: margin}, margin: 0.02}}
            """;

    private static RunSpec spec(String text) {
        Setting setting = new SweepReader(Bundled.catalogs(new TaskShelf()))
                .read("x", text)
                .settings()
                .get(0);
        return new RunSpec(setting, 0);
    }

    private static BiasMeasurement measured(String text) {
        RunSpec spec = spec(text);
        return new Execution(spec, new TaskShelf().get(spec.setting()), PlainKernels.INSTANCE)
                .run("")
                .bias()
                .get(0);
    }

    /**
     * Every pattern of cuts: with w = 1 − 1/L₀ the chance of a link, the loss of step s passes a^(s−t)/w^(s−t) to step t if
     * no cut lies between them.
     */
    private static double relativeVariance() {
        double pass = 1 - 1 / MEAN;
        double mean = 0;
        double second = 0;
        for (int cuts = 0; cuts < 1 << (STEPS - 1); cuts++) {
            int count = Integer.bitCount(cuts);
            double probability = Math.pow(1 - pass, count) * Math.pow(pass, STEPS - 1 - count);
            double estimate = 0;
            for (int s = 0; s < STEPS; s++) {
                double weight = 1;
                for (int t = s; t >= 0; t--) {
                    estimate += weight;
                    weight *= t > 0 && (cuts >> (t - 1) & 1) == 0 ? A / pass : 0;
                }
            }
            mean += probability * estimate;
            second += probability * estimate * estimate;
        }
        return second / (mean * mean) - 1;
    }

    @Test
    void thereAreAsManyAsTheMarginNeeds() {
        double expected = relativeVariance() * Math.pow(7.180618 / 0.02, 2);
        assertThat(expected).isBetween(200.0, 100_000.0);
        BiasMeasurement measured = measured(FILE);
        assertThat(measured.draws()).isEqualTo((int) (Math.ceil(expected / 200) * 200));
        assertThat(measured.blocks().get(0).batches()).isEqualTo(200);
        // The margin is more than six standard errors then.
        double error = measured.sample().orElseThrow().projections().mean() - 1;
        assertThat(error).isCloseTo(0, within(0.02));
        int halved = measured(FILE.replace("margin: 0.02", "margin: 0.01")).draws();
        assertThat((double) halved / measured.draws()).isCloseTo(4.0, within(0.2));
    }

    @Test
    void noMoreThanAreAllowed() {
        assertThat(measured(FILE.replace("resolve: margin", "resolve: margin, at_most: 500"))
                        .draws())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"'{type: artbp, mean: 3}', 2000", "'{type: tbptt, length: 2}', 1"})
    void aNumberIsANumber(String estimator, int made) {
        String text = FILE.replace("{type: artbp, mean: 3}", estimator).replace("{resolve: margin}", "2000");
        assertThat(measured(text).draws()).isEqualTo(made);
    }

    @Test
    void withoutChanceThereIsNothingToDraw() {
        assertThat(measured(FILE.replace("{type: artbp, mean: 3}", "full")).draws())
                .isEqualTo(1);
    }

    @Test
    void theMarginIsPartOfTheRunOnlyWhereItDecides() {
        String other = FILE.replace("margin: 0.02", "margin: 0.2");
        assertThat(spec(FILE).id()).isNotEqualTo(spec(other).id());
        assertThat(spec(FILE).setting().identity().toString())
                .contains("draws={resolve=margin, at_most=200000, margin=0.02}");
        String number = FILE.replace("{resolve: margin}", "2000");
        assertThat(spec(number).id())
                .isEqualTo(spec(number.replace("margin: 0.02", "margin: 0.2")).id());
        assertThat(spec(number).id()).isNotEqualTo(spec(FILE).id());
    }

    @Test
    void theyCanBeVariedAndOverridden() {
        SweepReader reader = new SweepReader(Bundled.catalogs(new TaskShelf()));
        String grid = FILE + "grid: {measure.bias.draws: [200, {resolve: margin, at_most: [1000, 2000]}]}\n";
        assertThat(reader.read("x", grid).settings()).hasSize(3);
        assertThat(reader.read("x", grid).columns())
                .contains("measure.bias.draws.resolve", "measure.bias.draws.at_most");
        String number = FILE.replace("{resolve: margin}", "2000");
        assertThat(reader.read("x", number, "measure.bias.draws.resolve=margin")
                        .settings()
                        .get(0)
                        .bias()
                        .orElseThrow()
                        .draws()
                        .orElseThrow()
                        .forMargin())
                .isTrue();
    }

    /** What would take days is refused where it was asked for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "length: 20000 | x:5:26: the moments of estimator 'artbp' over 20000 steps are those of 199990000 backward"
                        + " passes, which take about 1e+12 multiplications: shorten it, or write method: sampled",
                "length: 20000, sequences: 3 | x:5:26: the moments of estimator 'artbp' over 20000 steps of 3 sequences"
                        + " cut independently are those of 599970000 backward passes, which take about 4e+12"
                        + " multiplications: shorten it, or write method: sampled",
                "length: 2000000000 | x:5:26: the moments of estimator 'artbp' over 2000000000 steps are those of"
                        + " 1999999999000000000 backward passes, which take more than 1e+12 multiplications: shorten it,"
                        + " or write method: sampled"
            })
    void momentsThatNobodyWaitsForAreRefused(String length, String message) {
        String file = FILE.replace("length: 8, draws: {resolve: margin}", length + ", method: exact")
                .replace("mean: 3", "mean: 3, law: {type: polynomial, alpha: 4}");
        assertThatThrownBy(() -> spec(file)).isInstanceOf(SweepErrors.class).hasMessageContaining(message);
        assertThat(spec(file.replaceFirst("length: [0-9]+", "length: 800"))).isNotNull();
        assertThat(spec(file.replace(", method: exact", "").replaceFirst("length: [0-9]+", "length: 20000")))
                .isNotNull();
    }
}
