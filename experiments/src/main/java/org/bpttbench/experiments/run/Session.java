package org.bpttbench.experiments.run;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.spec.Json;

/**
 * Where and with what runs are made: a journal record that runs refer to. It has nothing to do with what they find.
 *
 * @param id 16 hexadecimal digits of the hash of the rest
 */
record Session(String id, Map<String, Object> tree) {
    /** Room is left to start later than any other session. */
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    static final String TYPE = "session";
    static final String STARTED = "started";
    static final String FINGERPRINT = "fingerprint";
    static final String SCHEMA = "schema";
    static final String ACCEPTS = "accepts";
    static final String FRESH = "fresh";
    static final String FRESH_RUNS = "fresh_runs";

    /**
     * How a session stands to the records that are there.
     *
     * @param accepts fingerprints of other code whose runs are used as if they were this code's
     * @param fresh whether no record from before of the runs named next counts any more
     * @param anew ids of those runs
     * @param newest when the newest session before started: this one has started later, whatever the clock says
     */
    record Terms(List<String> accepts, boolean fresh, List<String> anew, Optional<Instant> newest) {
        static final Terms USUAL = new Terms(List.of(), false, List.of(), Optional.empty());
    }

    static Session now(Kernels kernels, int jobs) {
        return now(kernels, jobs, Terms.USUAL);
    }

    static Session now(Kernels kernels, int jobs, Terms terms) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(STARTED, started(terms).toString());
        facts.put(FINGERPRINT, Fingerprint.current());
        facts.put(SCHEMA, Journal.SCHEMA);
        if (!terms.accepts.isEmpty()) {
            facts.put(ACCEPTS, terms.accepts);
        }
        if (terms.fresh) {
            facts.put(FRESH, true);
            facts.put(FRESH_RUNS, terms.anew);
        }
        facts.put("backend", kernels.name());
        facts.put("jobs", (long) jobs);
        facts.put("java", java());
        facts.put("os", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
        facts.put("arch", System.getProperty("os.arch"));
        facts.put("processors", (long) Runtime.getRuntime().availableProcessors());
        facts.put("heap_bytes", Runtime.getRuntime().maxMemory());
        facts.put("host", Holder.thisHost());
        facts.put("folder", Path.of("").toAbsolutePath().toString());
        facts.putAll(Surroundings.facts());
        String id = Json.digest(facts, 16);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", TYPE);
        tree.put("id", id);
        tree.putAll(facts);
        return new Session(id, tree);
    }

    /** When a session did, as a journal has it; those that do not say come before all others. */
    static Instant started(Map<String, Object> session) {
        return session.get(STARTED) instanceof String text ? Instant.parse(text) : Instant.MIN;
    }

    static String java() {
        return System.getProperty("java.vm.name") + ' ' + System.getProperty("java.runtime.version");
    }

    /**
     * What a journal has of a session.
     *
     * @throws IllegalArgumentException if it cannot be compared with other sessions
     */
    static Map<String, Object> read(Arguments tree) {
        tree.text("id");
        if (tree.has(STARTED)) {
            String started = tree.text(STARTED);
            try {
                if (Instant.parse(started).isAfter(LAST)) {
                    throw new IllegalArgumentException(STARTED + " is " + started + ", after " + LAST);
                }
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(STARTED + " is no time", e);
            }
        }
        return tree.values();
    }

    private static Instant started(Terms terms) {
        Instant now = Instant.now();
        return terms.newest
                .map(newest -> newest.plusMillis(1))
                .filter(now::isBefore)
                .orElse(now);
    }
}
