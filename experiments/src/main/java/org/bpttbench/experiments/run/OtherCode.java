package org.bpttbench.experiments.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bpttbench.experiments.spec.RunSpec;

/**
 * The runs of a sweep whose records were made by other code than this, or written in another schema, and that nobody has
 * accepted: whether they are used is not for a program to decide.
 */
public final class OtherCode {
    /** Stands for the fingerprint of code that wrote none. */
    static final String NONE = "none";

    private static final int MOST_RUNS = 8;

    private final Journal journal;
    private final int total;
    private final Map<String, List<String>> usable = new LinkedHashMap<>();
    private final Map<String, List<String>> unreadable = new LinkedHashMap<>();

    private OtherCode(Journal journal, int total) {
        this.journal = journal;
        this.total = total;
    }

    /** @param runs of the sweep; others in the journal do not matter */
    public static OtherCode of(Journal journal, List<RunSpec> runs) {
        OtherCode found = new OtherCode(journal, runs.size());
        Set<String> accepted = accepted(journal.sessions().values());
        for (RunSpec spec : runs) {
            String id = spec.id();
            RunRecord record = journal.runs().get(id);
            if (record != null) {
                if (record.outcome().isResult() && !accepted.contains(found.fingerprint(record.provenance()))) {
                    add(found.usable, record.provenance(), id);
                }
            } else if (journal.unreadable().containsKey(id)) {
                add(
                        found.unreadable,
                        Objects.requireNonNull(journal.unreadable().get(id)),
                        id);
            }
        }
        // What was accepted once is not asked about again, but of another schema it is made anew all the same.
        found.unreadable.keySet().removeIf(session -> accepted.contains(found.fingerprint(session)));
        return found;
    }

    /** This code, and what sessions of this code have accepted. */
    static Set<String> accepted(Iterable<Map<String, Object>> sessions) {
        Set<String> accepted = new HashSet<>();
        accepted.add(Fingerprint.current());
        for (Map<String, Object> session : sessions) {
            if (Fingerprint.current().equals(session.get(Session.FINGERPRINT))
                    && session.get(Session.ACCEPTS) instanceof List<?> others) {
                others.forEach(other -> accepted.add(String.valueOf(other)));
            }
        }
        return accepted;
    }

    private static void add(Map<String, List<String>> bySession, String session, String run) {
        bySession.computeIfAbsent(session, id -> new ArrayList<>()).add(run);
    }

    private String fingerprint(String session) {
        return fact(session, Session.FINGERPRINT);
    }

    private String fact(String session, String name) {
        Object fact = journal.sessions().getOrDefault(session, Map.of()).get(name);
        return fact == null ? NONE : fact.toString();
    }

    public boolean isEmpty() {
        return usable.isEmpty() && unreadable.isEmpty();
    }

    /** How many runs. */
    public int runs() {
        return count(usable) + count(unreadable);
    }

    private static int count(Map<String, List<String>> bySession) {
        return bySession.values().stream().mapToInt(List::size).sum();
    }

    /** Of the code that made them, without repetition: what to accept in order to use them. */
    public List<String> fingerprints() {
        Set<String> sessions = new HashSet<>(usable.keySet());
        sessions.addAll(unreadable.keySet());
        return sessions.stream().map(this::fingerprint).distinct().sorted().toList();
    }

    /**
     * Session by session, what differs from here and which runs it made.
     *
     * @param backend that would be used now
     */
    public String differences(String backend) {
        StringBuilder text = new StringBuilder();
        usable.forEach((session, runs) -> describe(session, runs, "", backend, text));
        unreadable.forEach((session, runs) ->
                describe(session, runs, ", which this version cannot read and will make anew", backend, text));
        return text.toString();
    }

    private void describe(String session, List<String> runs, String remark, String backend, StringBuilder text) {
        text.append("  session ").append(session).append(" of ").append(fact(session, Session.STARTED));
        text.append(", ")
                .append(runs.size())
                .append(" of ")
                .append(total)
                .append(" runs")
                .append(remark)
                .append('\n');
        difference("fingerprint", fingerprint(session), Fingerprint.current(), text);
        difference("schema", fact(session, Session.SCHEMA), Long.toString(Journal.SCHEMA), text);
        difference("java", fact(session, "java"), Session.java(), text);
        difference("backend", fact(session, "backend"), backend, text);
        String more = runs.size() > MOST_RUNS ? ", …" : "";
        text.append("    runs         ")
                .append(String.join(", ", runs.subList(0, Math.min(MOST_RUNS, runs.size()))))
                .append(more)
                .append('\n');
    }

    private static void difference(String name, String there, String here, StringBuilder text) {
        text.append("    ").append(name).append(" ".repeat(13 - name.length()));
        text.append(there.equals(here) ? there + " (the same here)" : there + " there, " + here + " here");
        text.append('\n');
    }
}
