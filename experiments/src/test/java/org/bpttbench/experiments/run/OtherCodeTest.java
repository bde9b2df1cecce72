package org.bpttbench.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.SweepReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several records of a run counts, and which were made by other code. */
class OtherCodeTest {
    private static final String HERE = Fingerprint.current();

    @TempDir
    Path folder;

    private final List<RunSpec> specs = new SweepReader(Bundled.catalogs(new TaskShelf()))
            .read("x.yaml", """
                    name: x
                    seed: 1
                    replicates: 3
                    task: {type: linear-drive, a: 0.5}
                    measure: {bias: {at: [0], length: 20, draws: 10}}
                    estimator: {type: tbptt, length: 5}
                    """)
            .runs();

    private static Map<String, Object> session(String id, String started, Map<String, Object> more) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", "session");
        tree.put("id", id);
        tree.put("started", started);
        tree.put("backend", "plain");
        tree.put("java", "Some VM 17");
        tree.putAll(more);
        return tree;
    }

    private static Map<String, Object> made(String fingerprint) {
        return Map.of("fingerprint", fingerprint, "schema", 1L);
    }

    private RunRecord record(int run, Outcome outcome, String message, String session) {
        RunSpec spec = specs.get(run);
        return new RunRecord(
                spec.id(),
                spec.setting().id(),
                spec.replicate(),
                spec.setting().identity(),
                outcome,
                message,
                RunRecord.Training.NONE,
                List.of(),
                Map.of(),
                List.of(),
                session);
    }

    private Map<String, Object> done(int run, String message, String session) {
        return record(run, Outcome.DONE, message, session).toTree();
    }

    @SafeVarargs
    private Journal journal(String worker, Map<String, Object>... records) throws IOException {
        try (JournalWriter writer = Journal.open(folder, worker)) {
            for (Map<String, Object> record : records) {
                writer.append(record);
            }
        }
        return Journal.read(folder);
    }

    private String message(Journal journal, int run) {
        RunRecord record = journal.runs().get(specs.get(run).id());
        return record == null ? "none" : record.message();
    }

    @Test
    void theNewestResultCountsWhicheverWorkerWroteIt() throws IOException {
        journal("worker-1", session("a", "2026-01-01T00:00:00Z", made(HERE)), done(0, "old", "a"), done(1, "old", "a"));
        Journal journal = journal(
                "worker-0",
                session("b", "2026-01-02T00:00:00Z", made(HERE)),
                done(0, "new", "b"),
                record(1, Outcome.FAILED, "broke", "b").toTree());
        assertThat(message(journal, 0)).isEqualTo("new");
        assertThat(message(journal, 1)).isEqualTo("old");
        assertThat(OtherCode.of(journal, specs).isEmpty()).isTrue();
    }

    @Test
    void nothingFromBeforeAFreshSessionCounts() throws IOException {
        journal(
                "worker-1",
                session("a", "2026-01-01T00:00:00Z", made("else")),
                done(0, "old", "a"),
                done(1, "old", "a"),
                done(2, "old", "a"));
        Map<String, Object> fresh = new LinkedHashMap<>(made(HERE));
        fresh.put("fresh", true);
        Journal journal = journal(
                "worker-0",
                session("b", "2026-01-02T00:00:00Z", fresh),
                done(0, "new", "b"),
                record(1, Outcome.FAILED, "broke", "b").toTree());
        assertThat(message(journal, 0)).isEqualTo("new");
        assertThat(message(journal, 1)).isEqualTo("broke");
        assertThat(message(journal, 2)).isEqualTo("none");
        assertThat(OtherCode.of(journal, specs).isEmpty()).isTrue();
        // A session after it goes on with it.
        Journal later = journal("worker-1", session("c", "2026-01-03T00:00:00Z", made(HERE)), done(2, "newest", "c"));
        assertThat(message(later, 0)).isEqualTo("new");
        assertThat(message(later, 2)).isEqualTo("newest");
    }

    @Test
    void otherCodeIsToldFieldByField() throws IOException {
        Journal journal = journal(
                "worker-0",
                session("a", "2026-01-01T00:00:00Z", made("0123456789abcdef")),
                done(0, "", "a"),
                session("b", "2026-01-02T00:00:00Z", made(HERE)),
                done(1, "", "b"),
                session("c", "2026-01-03T00:00:00Z", made("fedcba9876543210")),
                record(2, Outcome.FAILED, "is made again anyway", "c").toTree());
        OtherCode others = OtherCode.of(journal, specs);
        assertThat(others.runs()).isEqualTo(1);
        assertThat(others.fingerprints()).containsExactly("0123456789abcdef");
        assertThat(others.differences("plain"))
                .isEqualTo("""
                  session a of 2026-01-01T00:00:00Z, 1 of 3 runs
                    fingerprint  0123456789abcdef there, %s here
                    schema       1 (the same here)
                    java         Some VM 17 there, %s here
                    backend      plain (the same here)
                    runs         %s
                """.formatted(HERE, Session.java(), specs.get(0).id()));
        // Runs of other sweeps do not matter.
        assertThat(OtherCode.of(journal, specs.subList(1, 2)).isEmpty()).isTrue();
    }

    @Test
    void whatWasAcceptedIsNotAskedAgain() throws IOException {
        journal("worker-0", session("a", "2026-01-01T00:00:00Z", made("else")), done(0, "", "a"));
        Map<String, Object> accepting = new LinkedHashMap<>(made(HERE));
        accepting.put("accepts", List.of("else"));
        Journal journal = journal("worker-0", session("b", "2026-01-02T00:00:00Z", accepting));
        assertThat(OtherCode.of(journal, specs).isEmpty()).isTrue();
        assertThat(message(journal, 0)).isEmpty();
        // What another code has accepted, this one has not.
        accepting.put("fingerprint", "third");
        journal("worker-1", session("c", "2026-01-03T00:00:00Z", made("second")), done(1, "", "c"));
        accepting.put("accepts", List.of("second"));
        Journal more = journal("worker-1", session("d", "2026-01-04T00:00:00Z", accepting));
        assertThat(OtherCode.of(more, specs).fingerprints()).containsExactly("second");
    }

    /** As versions wrote them that knew neither checksums nor fingerprints, with fields that are no more. */
    @Test
    void recordsOfAnotherShapeAreNoErrorButOtherCode() throws IOException {
        Map<String, Object> old = new LinkedHashMap<>(done(0, "", "a"));
        old.remove("training");
        Map<String, Object> readable = done(1, "", "a");
        Map<String, Object> session = session("a", "2026-01-01T00:00:00Z", Map.of());
        Path file = Files.createDirectories(folder.resolve("journal")).resolve("worker-0.jsonl");
        Files.writeString(file, Json.write(session) + '\n' + Json.write(old) + '\n' + Json.write(readable) + '\n');
        Journal journal = Journal.read(folder);
        assertThat(journal.unreadable()).containsExactly(Map.entry(specs.get(0).id(), "a"));
        assertThat(journal.runs()).containsOnlyKeys(specs.get(1).id());
        OtherCode others = OtherCode.of(journal, specs);
        assertThat(others.fingerprints()).containsExactly("none");
        assertThat(others.differences("vector"))
                .contains("1 of 3 runs\n    fingerprint  none there, " + HERE
                        + " here\n    schema       none there, 1 here")
                .contains("1 of 3 runs, which this version cannot read and will make anew\n")
                .contains("backend      plain there, vector here");
        assertThat(journal.notices()).hasSize(1).first().asString().contains("3 lines are of a version");
        // Accepted once, the readable one is used, and nobody asks about the other again: it is made anew.
        Map<String, Object> accepting = new LinkedHashMap<>(made(HERE));
        accepting.put("accepts", List.of("none"));
        Journal accepted = journal("worker-0", session("b", "2026-01-02T00:00:00Z", accepting));
        assertThat(OtherCode.of(accepted, specs).isEmpty()).isTrue();
        assertThat(accepted.runs()).containsOnlyKeys(specs.get(1).id());
    }

    @Test
    void aRecordOfThisSchemaThatCannotBeReadIsAnError() throws IOException {
        Map<String, Object> broken = new LinkedHashMap<>(done(0, "", "a"));
        broken.remove("training");
        Map<String, Object> session = session("a", "2026-01-01T00:00:00Z", made("else"));
        assertThatThrownBy(() -> journal("worker-0", session, broken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("worker-0.jsonl:2: not a journal record: argument 'training' is null");
    }

    /** Whatever the clock says: a session starts after those that are there. */
    @Test
    void aSessionIsNewerThanAllBefore() throws IOException {
        Journal journal = journal("worker-0", session("a", "2999-01-01T00:00:00Z", made(HERE)));
        Session.Terms terms = new Session.Terms(List.of("x"), true, List.of("r"), journal.newest());
        Map<String, Object> tree = Session.now(PlainKernels.INSTANCE, 1, terms).tree();
        assertThat(tree)
                .containsEntry("started", "2999-01-01T00:00:00.001Z")
                .containsEntry("accepts", List.of("x"))
                .containsEntry("fresh", true)
                .containsEntry("fresh_runs", List.of("r"))
                .containsEntry("fingerprint", HERE)
                .containsEntry("schema", 1L);
        assertThat(Session.now(PlainKernels.INSTANCE, 1).tree()).doesNotContainKeys("accepts", "fresh");
    }
}
