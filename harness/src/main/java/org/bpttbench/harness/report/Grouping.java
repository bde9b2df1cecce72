package org.bpttbench.harness.report;

import java.util.List;
import java.util.function.Function;
import org.bpttbench.experiments.spec.Setting;

/**
 * Splits labels into what stands above a group of rows and what tells the rows apart: the part that changes more slowly
 * down the table stands above.
 */
record Grouping(Function<Setting, String> group, Function<Setting, String> name) {

    static Grouping of(Labels labels, List<Setting> settings) {
        int count = settings.size();
        int byRest = blocks(settings, labels::rest);
        int byEstimator = blocks(settings, labels::estimator);
        boolean plain = settings.stream().map(labels::rest).allMatch(String::isEmpty);
        if (plain || Math.min(byRest, byEstimator) == count) {
            return new Grouping(setting -> "", labels::of);
        }
        return byRest <= byEstimator
                ? new Grouping(labels::rest, labels::estimator)
                : new Grouping(labels::estimator, labels::rest);
    }

    /** Stretches of settings with the same text. */
    private static int blocks(List<Setting> settings, Function<Setting, String> text) {
        int blocks = 0;
        String before = "";
        for (Setting setting : settings) {
            String own = text.apply(setting);
            if (blocks == 0 || !own.equals(before)) {
                blocks++;
            }
            before = own;
        }
        return blocks;
    }
}
