package org.bpttbench.harness.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bpttbench.experiments.run.RunRecord;
import org.bpttbench.harness.report.Digits;
import org.bpttbench.harness.report.Results;
import org.jspecify.annotations.Nullable;

/** Where the figures come from: file, seed, data, machine, versions and time, as the journal has them. */
record Provenance(Results results) {
    /** Of no use to a reader elsewhere. */
    private static final Set<String> PRIVATE = Set.of("type", "id", "folder", "host");

    void render(Html html) {
        render(
                html,
                "Where this comes from",
                "bptt report FOLDER, where this page lies in FOLDER; runs: bptt run FOLDER/sweep.yaml");
    }

    /** @param again the command that makes the page */
    void render(Html html, String heading, String again) {
        html.element("h2", heading).open("dl");
        entry(html, "made again by", again);
        long seeds = results.sweep().settings().stream()
                .map(setting -> setting.seed())
                .distinct()
                .count();
        entry(
                html,
                "seed",
                results.sweep().seed() + (seeds > 1 ? " and others, as the sweep varies it" : "") + "; replicates "
                        + (results.sweep().choosing() + results.sweep().replicates())
                        + ", each with streams of its own derived from it");
        data().forEach((task, hashes) -> entry(html, "data of " + task, "SHA-256 " + String.join(", ", hashes)));
        entry(
                html,
                "training time",
                Digits.of(seconds(), Digits.FEW) + " s of wall time, summed over "
                        + records().size() + " runs");
        html.close();
        sessions(html);
        html.open("details")
                .element("summary", "Sweep file as run")
                .open("pre")
                .text(results.sweep().text())
                .close()
                .close();
    }

    private static void entry(Html html, String name, String content) {
        html.element("dt", name).element("dd", content);
    }

    private List<RunRecord> records() {
        List<RunRecord> records = new ArrayList<>();
        results.settings().forEach(runs -> records.addAll(runs.all()));
        return records;
    }

    private double seconds() {
        return records().stream().mapToLong(record -> record.training().nanos()).sum() / 1e9;
    }

    /** Task → checksums of what its runs were made on; empty for tasks that make their data themselves. */
    private Map<String, Set<String>> data() {
        Map<String, Set<String>> data = new LinkedHashMap<>();
        for (RunRecord record : records()) {
            if (record.identity().get("task") instanceof Map<?, ?> task && task.get("data") != null) {
                data.computeIfAbsent(String.valueOf(task.get("type")), type -> new TreeSet<>())
                        .add(String.valueOf(task.get("data")));
            }
        }
        return data;
    }

    /** A table of the sessions that made the runs shown, a column for all that differs or is the same. */
    private void sessions(Html html) {
        Set<String> used = new TreeSet<>();
        records().forEach(record -> used.add(record.provenance()));
        List<Map<String, Object>> sessions = results.journal().sessions().entrySet().stream()
                .filter(session -> used.contains(session.getKey()))
                .map(Map.Entry::getValue)
                .sorted((a, b) -> started(a).compareTo(started(b)))
                .toList();
        if (sessions.isEmpty()) {
            return;
        }
        Set<String> keys = new LinkedHashSet<>();
        sessions.forEach(session -> keys.addAll(session.keySet()));
        keys.removeAll(PRIVATE);
        html.element("h3", sessions.size() == 1 ? "Made by" : "Made in " + sessions.size() + " sessions")
                .open("dl");
        for (String key : keys) {
            Set<String> values = new LinkedHashSet<>();
            sessions.forEach(session -> values.add(text(session.get(key))));
            values.remove("");
            entry(html, key.replace('_', ' '), shortened(values));
        }
        html.close();
    }

    private static String shortened(Set<String> values) {
        List<String> all = List.copyOf(values);
        return all.size() <= 4
                ? String.join("; ", all)
                : all.get(0) + "; … " + (all.size() - 2) + " more …; " + all.get(all.size() - 1);
    }

    private static String started(Map<String, Object> session) {
        return String.valueOf(session.getOrDefault("started", ""));
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return String.join(", ", list.stream().map(String::valueOf).toList());
        }
        return value == null ? "" : String.valueOf(value);
    }
}
