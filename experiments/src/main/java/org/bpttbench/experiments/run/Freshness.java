package org.bpttbench.experiments.run;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From when on the records of a run count: from the last session that made it anew. Such a session names its runs, so that it
 * says nothing of those of another shard or of another folder; one that names none, of an older version, means all.
 */
final class Freshness {
    private final Map<String, Instant> since = new HashMap<>();
    private Instant allSince = Instant.MIN;

    static Freshness of(Iterable<Map<String, Object>> sessions) {
        Freshness freshness = new Freshness();
        sessions.forEach(freshness::add);
        return freshness;
    }

    private void add(Map<String, Object> session) {
        if (!Boolean.TRUE.equals(session.get(Session.FRESH))) {
            return;
        }
        Instant started = Session.started(session);
        if (session.get(Session.FRESH_RUNS) instanceof List<?> runs) {
            runs.forEach(run -> since.merge(String.valueOf(run), started, Freshness::later));
        } else {
            allSince = later(allSince, started);
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** @param started when the session of the record did */
    boolean counts(String run, Instant started) {
        return !started.isBefore(later(allSince, since.getOrDefault(run, Instant.MIN)));
    }
}
