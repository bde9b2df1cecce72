package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Shards partition a sweep's runs, evenly in every direction. */
class ShardTest {
    private static final int MOST = 17;

    static Stream<Sweep> sweeps() {
        return Stream.of(
                sweep(1, 1),
                sweep(2, 2),
                sweep(1, 7),
                sweep(5, 1),
                sweep(4, 6),
                sweep(7, 10),
                sweep(12, 8),
                sweep(3, 17));
    }

    private static Sweep sweep(int settings, int replicates) {
        String lengths =
                IntStream.rangeClosed(1, settings).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return new SweepReader(Bundled.catalogs(new TaskShelf())).read("x.yaml", """
                name: x
                seed: 1
                replicates: %d
                task: {type: linear-drive, a: 0.5}
                measure: {bias: {at: [0], length: 20, draws: 10}}
                grid: {estimator: {type: tbptt, length: [%s]}}
                """.formatted(replicates, lengths));
    }

    private static List<List<RunSpec>> parts(Sweep sweep, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(index -> new Shard(index, count).of(sweep))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void everyRunIsInOneShardAndSweepOrderIsKept(Sweep sweep) {
        List<RunSpec> all = sweep.runs();
        for (int count = 1; count <= MOST; count++) {
            List<RunSpec> dealt = new ArrayList<>();
            for (List<RunSpec> part : parts(sweep, count)) {
                assertThat(part).isEqualTo(all.stream().filter(part::contains).toList());
                dealt.addAll(part);
            }
            assertThat(dealt).as("in %s shards", count).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void noShardHasMoreThanOneRunMoreThanAnother(Sweep sweep) {
        for (int count = 1; count <= MOST; count++) {
            List<List<RunSpec>> parts = parts(sweep, count);
            assertEven(parts.stream().map(part -> (long) part.size()).toList(), count + " shards");
            assertEvenBy(RunSpec::setting, sweep.settings(), parts);
            assertEvenBy(
                    RunSpec::replicate,
                    IntStream.range(0, sweep.replicates()).boxed().toList(),
                    parts);
        }
    }

    private static <T> void assertEvenBy(Function<RunSpec, T> of, List<T> values, List<List<RunSpec>> parts) {
        List<Map<T, Long>> counts = parts.stream()
                .map(part -> part.stream().collect(Collectors.groupingBy(of, Collectors.counting())))
                .toList();
        for (T value : values) {
            assertEven(
                    counts.stream().map(map -> map.getOrDefault(value, 0L)).toList(),
                    value + " in " + parts.size() + " shards");
        }
    }

    private static void assertEven(List<Long> counts, String what) {
        long most = counts.stream().mapToLong(Long::longValue).max().orElseThrow();
        long least = counts.stream().mapToLong(Long::longValue).min().orElseThrow();
        assertThat(most - least).as(what).isBetween(0L, 1L);
    }

    /** What was dealt once is what other machines reckon with. */
    @Test
    void theDealIsFixed() {
        Sweep sweep = sweep(4, 2);
        List<Setting> settings = sweep.settings();
        assertThat(new Shard(1, 4).of(sweep))
                .containsExactly(new RunSpec(settings.get(0), 0), new RunSpec(settings.get(3), 1));
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "4, 3", "1, 0", "-1, 3"})
    void othersAreNone(int index, int count) {
        assertThatThrownBy(() -> new Shard(index, count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shard " + index + " of " + count);
    }
}
