package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweep files and journals with mistakes in them, by the hundred (by the thousand with the long tests), through the command line:
 * it ends with an exit code and a message, writes nothing, and believes no line that has been changed.
 */
class FuzzTest {
    private static final int FEW = 40;
    private static final int MANY = 2000;

    /** One of everything, small. JSON, so that its tree can be edited without its syntax. */
    private static final String TREE = """
            {"name": "tree", "about": "everything", "seed": 1, "replicates": 2,
             "task": {"type": "adding", "length": 11, "variant": "arjovsky"},
             "model": {"cell": "gru", "units": 3, "layers": 1, "bias": true},
             "init": {"type": "orthogonal", "input": "glorot", "readout": {"type": "gaussian", "sd": 0.1}, "bias": 0.5},
             "train": {"steps": 66, "lanes": 2, "optimizer": {"type": "adam", "rate": 0.01, "decay": {"type": "cosine", "total": 60}},
                       "per": "window", "update": "window", "clip": {"norm": 1.0}},
             "measure": {"bias": {"at": [0, "end"], "sequences": 2, "draws": 10, "margin": 0.1, "along": {"type": "full"}},
                         "accuracy": {"every": 22, "target": {"valid.loss": 0.1}, "on": "valid"}},
             "grid": {"estimator": ["full", {"type": "tbptt", "length": [2, 3], "lookback": [0, 1]},
                                    {"type": "artbp", "mean": 3, "law": ["constant", {"type": "polynomial", "alpha": 6}]}],
                      "train.optimizer.rate": [0.1, 0.01]},
             "zip": {"model.units": [3, 4], "seed": [1, 2]},
             "cases": [{"init.bias": 0.0}, {"init.bias": 1.0, "train.lanes": 1}],
             "exclude": [{"estimator.type": "full", "init.bias": 1.0}],
             "reference": {"estimator.type": "full"},
             "choose": {"among": "train.optimizer.rate", "by": "valid.loss", "replicates": 1},
             "claims": []}
            """;

    @TempDir
    Path folder;

    private List<byte[]> sweeps() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "to be or not to be, that is the question. ".repeat(40));
        Path other = Files.writeString(folder.resolve("other"), "the rest is silence, said the prince. ".repeat(40));
        List<byte[]> all = new ArrayList<>();
        for (String name : BundledSweeps.NAMES) {
            try (InputStream in =
                    BundledSweeps.class.getResourceAsStream("/org/bpttbench/harness/sweeps/" + name + ".yaml")) {
                String source = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .replace("wordnet", "'file:" + text + "'")
                        .replace("commons-math3", "'file:" + other + "'")
                        .replaceAll("characters: [0-9]+", "characters: 900");
                all.add(source.getBytes(StandardCharsets.UTF_8));
            }
        }
        return all;
    }

    /** What a sweep file must not do, whatever is in it. Reads it, checks it, and lays out the header of a table. */
    private void isReadOrRefused(byte[] sweep) throws IOException {
        Path file = folder.resolve("sweep.yaml");
        Files.write(file, sweep);
        Map<String, String> before = Tree.of(folder);
        Said said = Said.of("export", file, "--table", "runs", "--out", folder.resolve("none"))
                .civil();
        assertThat(said.exit()).as(said.err()).isNotEqualTo(ExitCode.RUNS_FAILED);
        if (said.exit() == ExitCode.USAGE) {
            assertThat(said.err()).contains(file + ":");
        }
        assertThat(Tree.of(folder)).isEqualTo(before);
    }

    private void fuzzSweeps(int cases) throws IOException {
        List<byte[]> trees = List.of(TREE.getBytes(StandardCharsets.UTF_8));
        isReadOrRefused(trees.get(0));
        Said.of("export", folder.resolve("sweep.yaml"), "--table", "runs").ended(ExitCode.FINE);
        new Mutation<>("sweep files by bytes", sweeps(), List.of(Edits::bytes), this::isReadOrRefused).run(cases);
        new Mutation<>("sweep files by words", sweeps(), List.of(Edits::words), this::isReadOrRefused).run(cases);
        new Mutation<>("sweep files by tree", trees, List.of(Edits::tree), this::isReadOrRefused).run(cases);
        new Mutation<>("sweep files in one line", trees, List.of(Edits::words, Edits::bytes), this::isReadOrRefused)
                .run(cases);
    }

    @Test
    void sweepFilesAreReadOrRefused() throws IOException {
        fuzzSweeps(FEW);
    }

    @Test
    @Tag("long")
    void manySweepFilesAreReadOrRefused() throws IOException {
        fuzzSweeps(MANY);
    }

    // journals

    private static final String SWEEP = """
            name: tiny
            seed: 1
            task: {type: linear-drive, a: 0.5}
            train: {steps: 40, sequence: 20, optimizer: {type: sgd, rate: 1.0e-3}}
            measure:
              bias: {at: [0], length: 12, draws: 8}
              accuracy: {every: 20}
            grid: {estimator: [full, {type: tbptt, length: [3, 5]}, {type: artbp, mean: 4}]}
            """;

    private static final List<String> TABLES = List.of("runs", "curves", "bias");
    private static final Pattern PLACE = Pattern.compile("worker-0\\.jsonl:([0-9]+): not a journal record: ");

    /** Everything that may be believed of a journal, and what it is held against. */
    private static final class Trial {
        private final Path results;
        private final Path journal;
        private final Set<String> lines;
        private final List<Set<String>> rows = new ArrayList<>();

        Trial(Path results) throws IOException {
            this.results = results;
            this.journal = results.resolve("journal/worker-0.jsonl");
            this.lines = new HashSet<>(Edits.lines(Files.readAllBytes(journal)));
            for (String table : TABLES) {
                rows.add(new HashSet<>(
                        export(table).ended(ExitCode.FINE).out().lines().toList()));
            }
        }

        private Said export(String table) {
            return Said.of("export", results, "--table", table);
        }

        private void allow(byte[] foreign) {
            lines.addAll(Edits.lines(foreign));
        }

        void isFoundOrHarmless(byte[] bytes) throws IOException {
            Files.write(journal, bytes);
            Map<String, String> before = Tree.of(results);
            int changed = firstChanged(Edits.lines(bytes));
            int table = bytes.length % TABLES.size(); // each has its turn
            Said said = export(TABLES.get(table)).civil();
            if (changed > 0) {
                assertThat(said.exit())
                        .as("line " + changed + " has been changed")
                        .isEqualTo(ExitCode.RUNS_FAILED);
                Matcher place = PLACE.matcher(said.err());
                assertThat(place.find()).as(said.err()).isTrue();
                assertThat(place.group(1)).isEqualTo(Integer.toString(changed));
            } else {
                assertThat(said.exit()).as(said.err()).isEqualTo(ExitCode.FINE);
                assertThat(rows.get(table)).containsAll(said.out().lines().toList());
            }
            assertThat(Tree.of(results)).isEqualTo(before);
        }

        /** Counted from 1; 0 if all complete lines are whole. What follows the last line feed counts as torn. */
        private int firstChanged(List<String> found) {
            for (int i = 0; i < found.size(); i++) {
                if (found.get(i).endsWith("\n") && !lines.contains(found.get(i))) {
                    return i + 1;
                }
            }
            return 0;
        }
    }

    private Path made(String name, String seed) throws IOException {
        Path sweep = Files.writeString(folder.resolve("tiny.yaml"), SWEEP);
        Path results = folder.resolve(name);
        Said.of("run", sweep, seed, "--jobs", "1", "--backend", "plain", "--out", results)
                .ended(ExitCode.FINE);
        return results;
    }

    private void fuzzJournals(int cases) throws IOException {
        byte[] foreign = Files.readAllBytes(made("other", "seed=2").resolve("journal/worker-0.jsonl"));
        Path results = made("results", "seed=1");
        List<byte[]> journals = List.of(Files.readAllBytes(results.resolve("journal/worker-0.jsonl")));
        Trial trial = new Trial(results);
        trial.isFoundOrHarmless(journals.get(0));
        new Mutation<>("journals by bytes", journals, List.of(Edits::bytes), trial::isFoundOrHarmless).run(cases);
        new Mutation<>("journals by words", journals, List.of(Edits::words), trial::isFoundOrHarmless).run(cases);
        trial.allow(foreign);
        new Mutation<>("journals by lines", journals, List.of(Edits.wholeLines(foreign)), trial::isFoundOrHarmless)
                .run(cases);
    }

    @Test
    void changedJournalsAreFoundOut() throws IOException {
        fuzzJournals(FEW);
    }

    @Test
    @Tag("long")
    void manyChangedJournalsAreFoundOut() throws IOException {
        fuzzJournals(MANY);
    }
}
