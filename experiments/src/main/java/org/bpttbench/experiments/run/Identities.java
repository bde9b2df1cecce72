package org.bpttbench.experiments.run;

import java.util.HashMap;
import java.util.Map;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.RunIds;

/**
 * What the runs of a journal were asked to be, each setting's once, of which there may be thousands of records. Sees to it
 * that a record's ids are those of what it says it is.
 */
final class Identities {
    private static final int SETTING_DIGITS = 10;

    private final Map<String, Known> bySetting = new HashMap<>();

    private record Known(Map<String, Object> identity, RunIds ids) {}

    /**
     * The same record, its identity shared.
     *
     * @throws IllegalArgumentException if one of its ids is that of something else
     */
    RunRecord shared(RunRecord record) {
        Known known = bySetting.get(record.setting());
        if (known == null) {
            String hashed = Json.digest(record.identity(), SETTING_DIGITS);
            require(
                    hashed.equals(record.setting()),
                    "its setting is " + record.setting() + ", its identity that of " + hashed);
            known = new Known(record.identity(), new RunIds(record.identity()));
            bySetting.put(record.setting(), known);
        }
        require(known.identity.equals(record.identity()), "its identity is not that of setting " + record.setting());
        String id = known.ids.of(record.replicate());
        require(
                id.equals(record.run()),
                "its run is " + record.run() + ", replicate " + record.replicate() + " of its setting is " + id);
        return record.withIdentity(known.identity);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
