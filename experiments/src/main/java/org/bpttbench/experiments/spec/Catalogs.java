package org.bpttbench.experiments.spec;

import java.util.List;
import java.util.function.Function;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Catalog;

/**
 * Everything a sweep file can name. The reader knows no estimator, task or cell but from here.
 *
 * @param traits of a task, from its resolved arguments ({@code type} among them); is asked once for each different task
 *     of a sweep and may throw {@link IllegalArgumentException}, whose message is reported at the task
 * @param checks what must hold of every setting, in the order in which they are asked
 */
public record Catalogs(
        Catalog<?> estimators,
        Catalog<?> tasks,
        Catalog<?> cells,
        Catalog<?> initializers,
        Catalog<?> optimizers,
        Function<Arguments, TaskTraits> traits,
        List<SettingCheck> checks) {

    public Catalogs {
        checks = List.copyOf(checks);
    }
}
