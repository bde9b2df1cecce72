package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sweep files made at random, read, and compared point by point with an expansion that knows nothing of how the reader does
 * it: the plain nested loops of the documented order, on maps from paths to numbers. Then the files grow.
 */
class RandomAxesTest {
    private static final List<String> PATHS = List.of(
            "train.steps", "train.lanes", "train.sequence", "train.optimizer.rate", "init.value", "task.units", "seed");

    @TempDir
    Path folder;

    private final TaskShelf tasks = new TaskShelf();

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    private Sweep read(File file) {
        return new SweepReader(Bundled.catalogs(tasks)).read("random.yaml", file.text());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noPointIsLostOrRunTwice(int seed) throws IOException {
        File file = new File(new Random(seed));
        Sweep sweep = read(file);
        assertThat(points(sweep)).as(file.text()).isEqualTo(file.points());
        List<String> ids = sweep.runs().stream().map(RunSpec::id).toList();
        assertThat(ids)
                .doesNotHaveDuplicates()
                .hasSize(file.points().size() * file.replicates)
                .isEqualTo(read(file).runs().stream().map(RunSpec::id).toList());
        RunCosts costs = RunCosts.of(sweep, Journal.read(folder), tasks);
        for (RunOrder order : RunOrder.values()) {
            assertThat(order.sorted(sweep.runs(), costs).stream().map(RunSpec::id))
                    .as(order.key())
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsThereStaysWhenTheSweepGrows(int seed) {
        File file = new File(new Random(seed));
        Set<String> before = ids(read(file));
        int settings = file.points().size();
        file.replicates += 2;
        Set<String> replicated = ids(read(file));
        assertThat(replicated).as(file.text()).containsAll(before).hasSize(before.size() + 2 * settings);
        file.axes().get(seed % file.axes().size()).grow();
        Sweep grown = read(file);
        assertThat(points(grown)).as(file.text()).isEqualTo(file.points());
        assertThat(ids(grown)).as(file.text()).containsAll(replicated);
        assertThat(grown.settings()).as(file.text()).hasSizeGreaterThanOrEqualTo(settings);
    }

    private static Set<String> ids(Sweep sweep) {
        return sweep.runs().stream().map(RunSpec::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What each setting has at the paths that may vary; all numbers are whole. */
    private static List<Map<String, String>> points(Sweep sweep) {
        return sweep.settings().stream().map(RandomAxesTest::point).toList();
    }

    private static Map<String, String> point(Setting setting) {
        Map<String, String> point = new TreeMap<>();
        List<String> paths = new ArrayList<>(PATHS);
        paths.addAll(List.of("estimator.type", "estimator.length", "estimator.lookback", "estimator.mean"));
        for (String path : paths) {
            setting.value(path).ifPresent(value -> point.put(path, text(value)));
        }
        return point;
    }

    private static String text(Object value) {
        return value instanceof Number number ? Long.toString(Math.round(number.doubleValue())) : value.toString();
    }

    /** One position of an axis: the paths it sets. */
    private static Map<String, String> set(String path, Object value) {
        return new LinkedHashMap<>(Map.of(path, text(value)));
    }

    /** Positions in order, and how they are written. */
    private abstract static class Axis {
        abstract List<Map<String, String>> positions();

        abstract String yaml();

        /** Adds a position. */
        abstract void grow();
    }

    /** Of the grid. */
    private static final class Values extends Axis {
        private final String path;
        private final List<Integer> values = new ArrayList<>();

        Values(String path, int size, int from) {
            this.path = path;
            IntStream.range(0, size).forEach(i -> values.add(from + i));
        }

        @Override
        List<Map<String, String>> positions() {
            return values.stream().map(value -> set(path, value)).toList();
        }

        @Override
        String yaml() {
            return path + ": " + values;
        }

        @Override
        void grow() {
            values.add(Collections.max(values) + 1);
        }
    }

    /** Also of the grid: entries with lists inside, the last varying fastest. */
    private static final class Estimators extends Axis {
        private final int lengths;
        private final int lookbacks;
        private final boolean full;
        private int means;

        Estimators(Random random) {
            lengths = 1 + random.nextInt(3);
            lookbacks = 1 + random.nextInt(2);
            full = random.nextBoolean();
            means = random.nextInt(3);
        }

        @Override
        List<Map<String, String>> positions() {
            List<Map<String, String>> positions = new ArrayList<>();
            for (int length = 3; length < 3 + lengths; length++) {
                for (int lookback = 3; lookback < 3 + lookbacks; lookback++) {
                    Map<String, String> position = set("estimator.type", "tbptt");
                    position.put("estimator.length", text(length));
                    position.put("estimator.lookback", text(lookback));
                    positions.add(position);
                }
            }
            if (full) {
                positions.add(set("estimator.type", "full"));
            }
            for (int mean = 3; mean < 3 + means; mean++) {
                Map<String, String> position = set("estimator.type", "artbp");
                position.put("estimator.mean", text(mean));
                positions.add(position);
            }
            return positions;
        }

        @Override
        String yaml() {
            String list = "{type: tbptt, length: " + range(lengths) + ", lookback: " + range(lookbacks) + "}";
            list += full ? ", full" : "";
            list += means == 0 ? "" : ", {type: artbp, cuts: shared, mean: " + range(means) + "}";
            return "estimator: [" + list + "]";
        }

        private static String range(int size) {
            return IntStream.range(3, 3 + size).boxed().toList().toString();
        }

        @Override
        void grow() {
            means++;
        }
    }

    /** A group of zip: two paths that move together. */
    private static final class Zipped extends Axis {
        private final Values first;
        private final Values second;

        Zipped(String first, String second, int size) {
            this.first = new Values(first, size, 11);
            this.second = new Values(second, size, 17);
        }

        @Override
        List<Map<String, String>> positions() {
            List<Map<String, String>> positions = new ArrayList<>();
            for (int i = 0; i < first.values.size(); i++) {
                Map<String, String> position = set(first.path, first.values.get(i));
                position.put(second.path, text(second.values.get(i)));
                positions.add(position);
            }
            return positions;
        }

        @Override
        String yaml() {
            return "{" + first.yaml() + ", " + second.yaml() + "}";
        }

        @Override
        void grow() {
            first.grow();
            second.grow();
        }
    }

    /** Cases, each of one of two paths or of both: what a case does not name stays as the file's base has it. */
    private static final class Cases extends Axis {
        private final String first;
        private final String second;
        private int size;

        Cases(String first, String second, int size) {
            this.first = first;
            this.second = second;
            this.size = size;
        }

        @Override
        List<Map<String, String>> positions() {
            List<Map<String, String>> positions = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Map<String, String> position = set(i % 3 == 1 ? second : first, 41 + i);
                if (i % 3 == 2) {
                    position.put(second, text(41 + i));
                }
                positions.add(position);
            }
            return positions;
        }

        @Override
        String yaml() {
            List<String> items = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int value = 41 + i;
                String one = (i % 3 == 1 ? second : first) + ": " + value;
                items.add("{" + one + (i % 3 == 2 ? ", " + second + ": " + value : "") + "}");
            }
            return items.toString();
        }

        @Override
        void grow() {
            size++;
        }
    }

    /** A sweep file. */
    private static final class File {
        private final List<String> free = new ArrayList<>(PATHS);
        private final List<Axis> grid = new ArrayList<>();
        private final List<Axis> zip = new ArrayList<>();
        private final List<Axis> cases = new ArrayList<>();
        private final List<Map<String, String>> excluded = new ArrayList<>();
        int replicates;

        File(Random random) {
            Collections.shuffle(free, random);
            replicates = 1 + random.nextInt(3);
            grid.add(new Estimators(random));
            for (int i = random.nextInt(3); i > 0; i--) {
                grid.add(new Values(path(), 1 + random.nextInt(3), 31));
            }
            Collections.shuffle(grid, random);
            if (random.nextBoolean()) {
                zip.add(new Zipped(path(), path(), 1 + random.nextInt(3)));
            }
            if (random.nextBoolean()) {
                cases.add(new Cases(path(), path(), 1 + random.nextInt(4)));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                exclude(random);
            }
        }

        private String path() {
            return free.remove(0);
        }

        List<Axis> axes() {
            List<Axis> axes = new ArrayList<>(grid);
            axes.addAll(zip);
            axes.addAll(cases);
            return axes;
        }

        /** Some coordinates of a point that is still there, unless no other point would be left. */
        private void exclude(Random random) {
            List<Map<String, String>> points = points();
            Map<String, String> point = points.get(random.nextInt(points.size()));
            List<String> paths = new ArrayList<>(point.keySet());
            Collections.shuffle(paths, random);
            Map<String, String> partial = new LinkedHashMap<>();
            paths.subList(0, 1 + random.nextInt(3)).forEach(path -> partial.put(path, point.get(path)));
            if (points.stream().anyMatch(other -> !matches(partial, other))) {
                excluded.add(partial);
            }
        }

        private static boolean matches(Map<String, String> partial, Map<String, String> point) {
            return partial.entrySet().stream()
                    .allMatch(entry -> entry.getValue().equals(point.get(entry.getKey())));
        }

        /** The oracle. */
        List<Map<String, String>> points() {
            List<Map<String, String>> all = new ArrayList<>();
            Map<String, String> base = new TreeMap<>();
            base.put("train.steps", text(900));
            base.put("train.lanes", text(1));
            base.put("train.sequence", text(90));
            base.put("train.optimizer.rate", text(100));
            base.put("init.value", text(2));
            base.put("task.units", text(9));
            base.put("seed", text(1));
            visit(base, 0, all);
            all.removeIf(point -> excluded.stream().anyMatch(partial -> matches(partial, point)));
            return all;
        }

        private void visit(Map<String, String> point, int depth, List<Map<String, String>> all) {
            if (depth == axes().size()) {
                all.add(point);
                return;
            }
            for (Map<String, String> position : axes().get(depth).positions()) {
                Map<String, String> next = new TreeMap<>(point);
                next.putAll(position);
                visit(next, depth + 1, all);
            }
        }

        String text() {
            return """
                    name: random
                    seed: 1
                    replicates: %d
                    task: {type: influence-balancing, units: 9, positive: 2}
                    init: {type: constant, value: 2}
                    train: {steps: 900, sequence: 90, optimizer: {type: sgd, rate: 100}}
                    measure: {accuracy: {every: 100}}
                    grid: {%s}
                    zip: [%s]
                    cases: %s
                    exclude: [%s]
                    """.formatted(
                            replicates,
                            joined(grid),
                            joined(zip),
                            cases.isEmpty() ? "[]" : joined(cases),
                            excluded.stream()
                                    .map(partial -> partial.entrySet().stream()
                                            .map(entry -> entry.getKey() + ": " + entry.getValue())
                                            .collect(Collectors.joining(", ", "{", "}")))
                                    .collect(Collectors.joining(", ")));
        }

        private static String joined(List<Axis> axes) {
            return axes.stream().map(Axis::yaml).collect(Collectors.joining(", "));
        }

        private static String text(Object value) {
            return RandomAxesTest.text(value);
        }
    }
}
