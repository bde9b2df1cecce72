package org.bpttbench.experiments.spec;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a measurement is known by however large it is made, 16 hexadecimal digits of a hash. Two with one key are about the same
 * estimator, parameters and data: the larger has the smaller one's draws and replicates among its own.
 */
public final class MeasurementKey {
    private static final int DIGITS = 16;
    private static final String MEASURE = "measure";

    private MeasurementKey() {}

    /**
     * Of a setting that measures bias. Neither draws nor margin have a part in it, nor do the checkpoints, each of which is
     * measured by itself, nor what else is measured.
     */
    public static String ofBias(Setting setting) {
        Map<String, Object> bias = new LinkedHashMap<>(Trees.mapOf(Trees.find(setting.identity(), "measure.bias")
                .orElseThrow(() -> new IllegalArgumentException("setting " + setting.id() + " measures no bias"))));
        bias.keySet().remove("draws");
        bias.keySet().remove("margin");
        bias.keySet().remove("at");
        return of(setting, Map.of("bias", bias));
    }

    /** Of what a setting learns. How often it is evaluated on the way, and whether bias is measured, have no part in it. */
    public static String ofAccuracy(Setting setting) {
        return of(setting, "accuracy");
    }

    private static String of(Setting setting, Object measured) {
        Map<String, Object> identity = new LinkedHashMap<>(setting.identity());
        identity.put(MEASURE, measured);
        return Json.digest(identity, DIGITS);
    }
}
