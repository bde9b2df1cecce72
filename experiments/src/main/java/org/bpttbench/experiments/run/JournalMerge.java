package org.bpttbench.experiments.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.spec.Json;

/**
 * Joins the journals of results folders. Sources are only read. What the target lacks becomes one new file of its journal,
 * there whole or not at all; a record that the target has, of the same run by the same code with the same result, is not
 * written twice, and no other is left out. So a merge that was broken off or is repeated comes to the same.
 */
public final class JournalMerge {
    private static final int DIGITS = 32;

    private final Map<Path, Journal> sources = new LinkedHashMap<>();
    private final List<String> notices = new ArrayList<>();

    private JournalMerge() {}

    /**
     * A result of a run that counts.
     *
     * @param file where it was read
     * @param session that made it
     * @param started when that did; empty if it does not say
     * @param fingerprint of the code that made it
     * @param content digest of all of the record that is determined by the run
     */
    public record Version(Path file, String session, String started, String fingerprint, String content) {}

    /**
     * What came of it.
     *
     * @param taken records of runs that the target has now and had not
     * @param known records of runs in the sources that the target had, or another source before
     * @param conflicts run id → results that count and differ, each once
     * @param foreign run id → results that count, by other code than this that nobody has accepted
     */
    public record Merged(
            int taken, int known, Map<String, List<Version>> conflicts, Map<String, List<Version>> foreign) {}

    /**
     * Reads and checks the sources.
     *
     * @throws IOException with file and line, if one is damaged
     */
    public static JournalMerge of(List<Path> sources) throws IOException {
        JournalMerge merge = new JournalMerge();
        for (Path source : sources) {
            Journal journal = Journal.read(source);
            merge.sources.put(source, journal);
            for (JournalLines.Found file : journal.files()) {
                merge.notices.addAll(file.placedNotices());
            }
        }
        return merge;
    }

    /** What is worth telling of the sources' files, a sentence each, that begins with file and line. */
    public List<String> notices() {
        return List.copyOf(notices);
    }

    /**
     * Adds to a results folder what it lacks. Nobody else may write to it meanwhile.
     *
     * @param target need not exist
     * @param runs ids of those of which conflicts and other code matter
     * @throws IOException if it cannot be written; then its journal is as before
     */
    public Merged into(Path target, Set<String> runs) throws IOException {
        Journal before = Journal.read(target);
        Map<String, Map<String, Object>> sessions = sessions(before);
        Pass pass = new Pass(sessions, runs);
        for (JournalLines.Found file : before.files()) {
            JournalLines.read(file.file(), record -> pass.isNew(file.file(), record));
        }
        int taken = 0;
        int known = 0;
        try (MergedFile merged = new MergedFile(target, sessions)) {
            for (Journal source : sources.values()) {
                for (JournalLines.Found file : source.files()) {
                    List<Integer> counts = copy(file.file(), pass, merged);
                    taken += counts.get(0);
                    known += counts.get(1);
                }
            }
            for (String session : sessions.keySet()) {
                if (!before.sessions().containsKey(session)) {
                    merged.session(session);
                }
            }
            merged.publish();
        }
        return pass.merged(taken, known);
    }

    private Map<String, Map<String, Object>> sessions(Journal target) throws IOException {
        Map<String, Map<String, Object>> sessions = new LinkedHashMap<>(target.sessions());
        for (Map.Entry<Path, Journal> source : sources.entrySet()) {
            for (Map.Entry<String, Map<String, Object>> session :
                    source.getValue().sessions().entrySet()) {
                Map<String, Object> known = sessions.putIfAbsent(session.getKey(), session.getValue());
                if (known != null && !known.equals(session.getValue())) {
                    throw new IOException(source.getKey() + ": its session " + session.getKey()
                            + " is not the one that another folder has by that id. Nothing has been changed");
                }
            }
        }
        return sessions;
    }

    /** @return how many records of runs were taken, and how many were known */
    private static List<Integer> copy(Path file, Pass pass, MergedFile merged) throws IOException {
        List<Integer> counts = new ArrayList<>(List.of(0, 0));
        List<IOException> broken = new ArrayList<>();
        JournalLines.read(file, record -> {
            String type = record.text("type");
            if (type.equals(Session.TYPE) || !broken.isEmpty()) {
                return;
            }
            boolean isNew = pass.isNew(file, record);
            if (type.equals(RunRecord.TYPE)) {
                counts.set(isNew ? 0 : 1, counts.get(isNew ? 0 : 1) + 1);
            }
            if (isNew) {
                try {
                    if (record.has("provenance")) { // a request has none
                        merged.session(record.text("provenance"));
                    }
                    merged.record(record.values());
                } catch (IOException e) {
                    broken.add(e);
                }
            }
        });
        if (!broken.isEmpty()) {
            throw broken.get(0);
        }
        return counts;
    }

    /** Goes over all records, the target's first. */
    private static final class Pass {
        private final Map<String, Map<String, Object>> sessions;
        private final Set<String> runs;
        private final Freshness freshness;
        private final Set<String> seen = new LinkedHashSet<>();
        private final Map<String, List<Version>> results = new LinkedHashMap<>();

        Pass(Map<String, Map<String, Object>> sessions, Set<String> runs) {
            this.sessions = sessions;
            this.runs = runs;
            this.freshness = Freshness.of(sessions.values());
        }

        /** Whether it is the first of its kind. */
        boolean isNew(Path file, Arguments record) {
            if (!isResult(record)) {
                return seen.add(Json.digest(record.values(), DIGITS));
            }
            String run = record.text("run");
            String session = record.text("provenance");
            Map<String, Object> facts = sessions.getOrDefault(session, Map.of());
            boolean counts = freshness.counts(run, Session.started(facts));
            String code = String.valueOf(facts.getOrDefault(Session.FINGERPRINT, OtherCode.NONE));
            String content = Json.digest(determined(record), DIGITS);
            // One that was replaced by a fresh start must not stand for one made after it.
            boolean isNew = seen.add(String.join(" ", run, code, content, Boolean.toString(counts)));
            if (isNew && counts && runs.contains(run)) {
                String started = String.valueOf(facts.getOrDefault(Session.STARTED, ""));
                results.computeIfAbsent(run, id -> new ArrayList<>(1))
                        .add(new Version(file, session, started, code, content));
            }
            return isNew;
        }

        /** Of a run; of another shape than today's, what says that it failed may have another place. */
        private static boolean isResult(Arguments record) {
            Object outcome = record.values().get("outcome");
            boolean failed = Outcome.FAILED.key().equals(outcome)
                    || Outcome.TIMED_OUT.key().equals(outcome);
            return record.text("type").equals(RunRecord.TYPE) && !failed;
        }

        /** All of a record but who made it and how long that took. */
        private static Map<String, Object> determined(Arguments record) {
            Map<String, Object> rest = new LinkedHashMap<>(record.values());
            rest.remove("provenance");
            rest.remove("nanos");
            if (record.values().get("training") instanceof Map<?, ?> training) {
                Map<Object, Object> untimed = new LinkedHashMap<>(training);
                untimed.remove("nanos");
                rest.put("training", untimed);
            }
            return rest;
        }

        Merged merged(int taken, int known) {
            Map<String, List<Version>> conflicts = new LinkedHashMap<>();
            Map<String, List<Version>> foreign = new LinkedHashMap<>();
            Set<String> accepted = OtherCode.accepted(sessions.values());
            results.forEach((run, versions) -> {
                if (versions.stream().map(Version::content).distinct().count() > 1) {
                    conflicts.put(run, List.copyOf(versions));
                }
                List<Version> others = versions.stream()
                        .filter(version -> !accepted.contains(version.fingerprint))
                        .toList();
                if (!others.isEmpty()) {
                    foreign.put(run, others);
                }
            });
            return new Merged(taken, known, conflicts, foreign);
        }
    }
}
