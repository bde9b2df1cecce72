package org.bpttbench.harness.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpttbench.experiments.run.Outcome;
import org.bpttbench.experiments.spec.Finite;
import org.bpttbench.experiments.spec.RunSpec;

/** A status as a tree of JSON, the keys of what is not known left out. */
final class StatusJson {
    private final FolderStatus status;

    StatusJson(FolderStatus status) {
        this.status = status;
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("folder", status.folder().toString());
        tree.put("sweep", status.sweep().name());
        tree.put("state", status.state().key());
        tree.put("runs", (long) status.total());
        for (Outcome outcome : Outcome.values()) {
            tree.put(outcome.key().replace('-', '_'), (long) status.count(outcome));
        }
        tree.put("left", (long) status.left());
        tree.put("other_code", (long) status.otherCode());
        Finite.put(tree, "computed_seconds", status.computed());
        status.secondsLeft().ifPresent(seconds -> Finite.put(tree, "left_seconds", seconds));
        tree.put("processes", status.processes().stream().map(this::process).toList());
        tree.put("saved", saved());
        tree.put("failures", failures());
        tree.put("next", status.next());
        return tree;
    }

    private Map<String, Object> process(FolderStatus.Worker process) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("pid", process.holder().pid());
        tree.put("host", process.holder().host());
        tree.put("since", process.holder().since().toString());
        process.holder().shard().ifPresent(shard -> tree.put("shard", shard.toString()));
        tree.put(
                "life",
                switch (process.life()) {
                    case GOES_ON -> "goes-on";
                    case GONE -> "killed";
                    case ELSEWHERE -> "elsewhere";
                });
        process.progress().ifPresent(progress -> {
            tree.put("command", progress.command());
            tree.put("jobs", progress.jobs());
            Finite.put(tree, "share", progress.share());
            Finite.put(tree, "elapsed_seconds", progress.elapsed());
            progress.left().ifPresent(seconds -> Finite.put(tree, "left_seconds", seconds));
            Finite.put(tree, "age_seconds", progress.age());
            tree.put("running", progress.running().stream().map(this::running).toList());
        });
        return tree;
    }

    private Map<String, Object> running(SweepProgress.Running run) {
        Map<String, Object> tree = run(run.spec());
        tree.put("step", run.step());
        tree.put("end", run.end());
        Finite.put(tree, "share", run.share());
        Finite.put(tree, "seconds", run.seconds());
        return tree;
    }

    private List<Map<String, Object>> saved() {
        return status.saved().entrySet().stream()
                .map(saved -> {
                    Map<String, Object> tree = run(saved.getKey());
                    tree.put("step", saved.getValue());
                    return tree;
                })
                .toList();
    }

    private List<Map<String, Object>> failures() {
        return status.failures().stream()
                .map(failure -> {
                    Map<String, Object> tree = run(failure.spec());
                    tree.put("outcome", failure.outcome().key());
                    tree.put("message", failure.message());
                    return tree;
                })
                .toList();
    }

    private Map<String, Object> run(RunSpec spec) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", spec.id());
        tree.put("setting", status.labels().of(spec.setting()));
        tree.put("replicate", (long) spec.replicate());
        return tree;
    }
}
