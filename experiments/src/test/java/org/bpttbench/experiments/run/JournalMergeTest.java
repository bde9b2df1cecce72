package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.JournalMerge.Merged;
import org.bpttbench.experiments.run.JournalMerge.Version;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What joined journals hold, and what is told of them. */
class JournalMergeTest {
    private static final String HERE = Fingerprint.current();

    @TempDir
    Path folder;

    private final List<RunSpec> specs = new SweepReader(Bundled.catalogs(new TaskShelf()))
            .read("x.yaml", """
                    name: x
                    seed: 1
                    replicates: 4
                    task: {type: linear-drive, a: 0.5}
                    measure: {bias: {at: [0], length: 20, draws: 10}}
                    estimator: {type: tbptt, length: 5}
                    """)
            .runs();

    private final Set<String> ids = specs.stream().map(RunSpec::id).collect(Collectors.toSet());

    private static Map<String, Object> session(String id, int day, String fingerprint, Map<String, Object> more) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", "session");
        tree.put("id", id);
        tree.put("started", "2026-01-%02dT00:00:00Z".formatted(day));
        tree.put("fingerprint", fingerprint);
        tree.put("schema", 1L);
        tree.putAll(more);
        return tree;
    }

    private static Map<String, Object> session(String id, int day) {
        return session(id, day, HERE, Map.of());
    }

    private Map<String, Object> record(int run, Outcome outcome, String message, String session, long nanos) {
        RunSpec spec = specs.get(run);
        return new RunRecord(
                        spec.id(),
                        spec.setting().id(),
                        spec.replicate(),
                        spec.setting().identity(),
                        outcome,
                        message,
                        new RunRecord.Training(9, 9, 9, 9, 1.5, Optional.empty(), nanos),
                        List.of(),
                        Map.of(),
                        List.of(),
                        session)
                .toTree();
    }

    /** The message stands for all that a run determines. */
    private Map<String, Object> done(int run, String message, String session) {
        return record(run, Outcome.DONE, message, session, session.hashCode());
    }

    @SafeVarargs
    private Path journal(String name, Map<String, Object>... records) throws IOException {
        Path results = folder.resolve(name);
        try (JournalWriter writer = Journal.open(results, "worker-0")) {
            for (Map<String, Object> record : records) {
                writer.append(record);
            }
        }
        return results;
    }

    private Path target() {
        return folder.resolve("target");
    }

    private Merged merge(Path... sources) throws IOException {
        return JournalMerge.of(List.of(sources)).into(target(), ids);
    }

    private List<String> messages() throws IOException {
        Journal journal = Journal.read(target());
        return specs.stream()
                .map(spec -> journal.runs().get(spec.id()))
                .map(record -> record == null ? "none" : record.message())
                .toList();
    }

    private static Map<String, String> files(Path results) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(results)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(results.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    @Test
    void disjointJournalsAreJoinedAndMergingAgainChangesNothing() throws IOException {
        Path a = journal("a", session("sa", 1), done(0, "0", "sa"), done(1, "1", "sa"));
        Path b = journal("b", session("sb", 2), done(2, "2", "sb"));
        Map<String, String> before = files(a);
        Merged merged = merge(a, b);
        assertThat(merged).isEqualTo(new Merged(3, 0, Map.of(), Map.of()));
        assertThat(messages()).containsExactly("0", "1", "2", "none");
        Map<String, String> after = files(target());
        assertThat(after.keySet()).singleElement().asString().matches("journal/merged-[0-9a-f]{16}\\.jsonl");
        assertThat(merge(b, a)).isEqualTo(new Merged(0, 3, Map.of(), Map.of()));
        assertThat(files(target())).isEqualTo(after);
        assertThat(files(a)).isEqualTo(before);
        // What a source gains later is added, in a file of its own, under the session that the target has.
        try (JournalWriter writer = Journal.open(b, "worker-1")) {
            writer.append(session("sb", 2));
            writer.append(done(3, "3", "sb"));
        }
        assertThat(merge(a, b)).isEqualTo(new Merged(1, 3, Map.of(), Map.of()));
        assertThat(messages()).containsExactly("0", "1", "2", "3");
        assertThat(files(target())).hasSize(2).containsAllEntriesOf(after);
    }

    @Test
    void theSameResultIsTakenOnceHoweverLongItTook() throws IOException {
        Path a = journal("a", session("sa", 1), done(0, "same", "sa"));
        Path b = journal("b", session("sb", 2), done(0, "same", "sb"));
        assertThat(merge(a, b)).isEqualTo(new Merged(1, 1, Map.of(), Map.of()));
        assertThat(messages().get(0)).isEqualTo("same");
    }

    @Test
    void differingResultsAreKeptAndTold() throws IOException {
        Path a = journal("a", session("sa", 1), done(0, "one", "sa"), done(1, "1", "sa"));
        Path b = journal("b", session("sb", 2), done(0, "other", "sb"));
        for (int i = 0; i < 2; i++) {
            Merged merged = merge(b, a);
            assertThat(merged.foreign()).isEmpty();
            assertThat(merged.conflicts()).containsOnlyKeys(specs.get(0).id());
            assertThat(merged.conflicts().values().iterator().next())
                    .extracting(Version::session)
                    .containsExactly("sb", "sa");
            assertThat(messages()).startsWith("other", "1");
            assertThat(files(target()).values()).singleElement().asString().contains("\"one\"", "\"other\"");
        }
        // Making the run anew settles it.
        try (JournalWriter writer = Journal.open(target(), "worker-0")) {
            writer.append(session("sc", 3, HERE, Map.of("fresh", true, "fresh_runs", List.copyOf(ids))));
            writer.append(done(0, "true", "sc"));
        }
        assertThat(merge(a, b)).isEqualTo(new Merged(0, 3, Map.of(), Map.of()));
        assertThat(messages()).containsExactly("true", "none", "none", "none");
    }

    /** Failing is no result: there is nothing to differ. */
    @Test
    void whatFailedElsewhereIsNoConflict() throws IOException {
        Path a = journal("a", session("sa", 1), record(0, Outcome.FAILED, "broke", "sa", 1));
        Path b = journal("b", session("sb", 2), done(0, "well", "sb"), record(1, Outcome.TIMED_OUT, "late", "sb", 1));
        assertThat(merge(a, b)).isEqualTo(new Merged(3, 0, Map.of(), Map.of()));
        assertThat(messages()).startsWith("well", "late");
    }

    @Test
    void otherCodeIsKeptAndToldUntilItIsAccepted() throws IOException {
        Path a = journal("a", session("sa", 1), done(0, "same", "sa"));
        Path b = journal("b", session("sb", 2, "0123", Map.of()), done(0, "same", "sb"), done(1, "1", "sb"));
        for (int i = 0; i < 2; i++) {
            Merged merged = merge(a, b);
            assertThat(merged.conflicts()).isEmpty();
            assertThat(merged.foreign())
                    .containsOnlyKeys(specs.get(0).id(), specs.get(1).id())
                    .allSatisfy((run, versions) -> assertThat(versions)
                            .extracting(Version::fingerprint)
                            .containsExactly("0123"));
            assertThat(files(target()).values())
                    .singleElement()
                    .satisfies(text -> assertThat(text.split("\"same\"")).hasSize(3));
        }
        try (JournalWriter writer = Journal.open(target(), "worker-0")) {
            writer.append(session("sc", 3, HERE, Map.of("accepts", List.of("0123"))));
        }
        assertThat(merge(a, b)).isEqualTo(new Merged(0, 3, Map.of(), Map.of()));
    }

    /** A shard that made its runs anew says nothing of the others. */
    @Test
    void aFreshStartConcernsTheRunsThatItNames() throws IOException {
        List<String> first = List.of(specs.get(0).id());
        Path a = journal("a", session("sa", 1), done(0, "old", "sa"), done(1, "1", "sa"));
        Path b = journal("b", session("sb", 2, HERE, Map.of("fresh", true, "fresh_runs", first)), done(0, "new", "sb"));
        assertThat(merge(a, b)).isEqualTo(new Merged(3, 0, Map.of(), Map.of()));
        assertThat(messages()).startsWith("new", "1");
    }

    /** The target's counts no more, the source's does: equal as they are, both are needed. */
    @Test
    void whatAFreshStartReplacedStandsForNothing() throws IOException {
        List<String> first = List.of(specs.get(0).id());
        Path a = journal("a", session("sa", 1), done(0, "same", "sa"));
        Path b =
                journal("b", session("sb", 2, HERE, Map.of("fresh", true, "fresh_runs", first)), done(0, "same", "sb"));
        assertThat(merge(a, b).taken()).isEqualTo(2);
        assertThat(messages()).startsWith("same");
    }

    @Test
    void runsOfOtherSweepsAreTakenInSilence() throws IOException {
        Path a = journal("a", session("sa", 1), done(0, "one", "sa"));
        Path b = journal("b", session("sb", 2), done(0, "other", "sb"));
        assertThat(JournalMerge.of(List.of(a, b)).into(target(), Set.of()))
                .isEqualTo(new Merged(2, 0, Map.of(), Map.of()));
    }

    @Test
    void aTornLineIsToldWithItsPlaceAndADamagedOneStopsAll() throws IOException {
        Path a = journal("a", session("sa", 1), done(0, "0", "sa"));
        Path b = journal("b", session("sb", 2), done(1, "1", "sb"), done(2, "2", "sb"));
        Path file = b.resolve("journal/worker-0.jsonl");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 9));
        JournalMerge merge = JournalMerge.of(List.of(a, b));
        assertThat(merge.notices())
                .singleElement()
                .asString()
                .startsWith(file + ":3: its last line was torn by a crash; the ");
        assertThat(merge.into(target(), ids).taken()).isEqualTo(2);
        assertThat(messages()).containsExactly("0", "1", "none", "none");
        Files.writeString(file, text.replace("\"message\":\"1\"", "\"message\":\"7\""));
        assertThatThrownBy(() -> JournalMerge.of(List.of(a, b)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ":2: not a journal record: its checksum is ");
    }

    @Test
    void anUnfinishedMergeIsNoPartOfTheJournal() throws IOException {
        Path a = journal("a", session("sa", 1), done(0, "0", "sa"));
        MergedFile begun = new MergedFile(target(), Map.of());
        begun.record(session("sx", 1));
        assertThat(Journal.read(target()).sessions()).isEmpty();
        begun.close();
        Files.writeString(target().resolve("journal/.merging"), "{\"type\":\"ru");
        assertThat(Journal.read(target()).notices()).isEmpty();
        merge(a);
        assertThat(messages()).startsWith("0", "none");
        assertThat(files(target())).hasSize(1);
    }

    /** Two sessions of one id would make records of either the other's. */
    @Test
    void aSessionThatIsAnotherIsRefused() throws IOException {
        Path a = journal("a", session("s", 1), done(0, "0", "s"));
        Path b = journal("b", session("s", 2), done(1, "1", "s"));
        assertThatThrownBy(() -> merge(a, b)).hasMessageContaining(b + ": its session s is not the one");
        assertThat(Journal.read(target()).runs()).isEmpty();
    }

    @Test
    void everyLineIsAsItWas() throws IOException {
        Path a = journal("a", session("sa", 1), done(0, "0", "sa"), record(1, Outcome.FAILED, "no", "sa", 3));
        merge(a);
        assertThat(lines(target())).containsExactlyInAnyOrderElementsOf(lines(a));
    }

    private static List<Object> lines(Path results) throws IOException {
        return files(results).values().stream()
                .flatMap(String::lines)
                .map(Json::read)
                .toList();
    }
}
