package org.bpttbench.experiments.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.experiments.task.Tasks;

/** The tasks of a sweep, each made once: a text is read once for all settings and workers. Thread-safe. */
public final class TaskShelf {
    private final Map<String, Task> tasks = new ConcurrentHashMap<>();

    public Task get(Setting setting) {
        return get(setting.task());
    }

    /** @param task resolved arguments, {@code type} among them */
    public Task get(Arguments task) {
        return tasks.computeIfAbsent(Json.canonical(task.values()), key -> Tasks.CATALOG.create("type", task));
    }
}
