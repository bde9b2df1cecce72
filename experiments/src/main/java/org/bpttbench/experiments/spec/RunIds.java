package org.bpttbench.experiments.spec;

import java.util.Map;
import java.util.TreeMap;

/**
 * The ids of a setting's runs. All that is hashed but the number of the replicate is written out once: a sweep may have a
 * hundred thousand runs. Immutable.
 */
public final class RunIds {
    private static final String REPLICATE = "replicate";
    private static final int DIGITS = 16;

    private final String before;
    private final String after;

    /** @param identity of the setting */
    public RunIds(Map<String, ?> identity) {
        TreeMap<String, Object> sorted = new TreeMap<>(identity);
        String head = inner(sorted.headMap(REPLICATE, false));
        String tail = inner(sorted.tailMap(REPLICATE, false));
        this.before = '{' + head + (head.isEmpty() ? "" : ",") + '"' + REPLICATE + "\":";
        this.after = (tail.isEmpty() ? "" : ",") + tail + '}';
    }

    /** The members of a map, without what is around them. */
    private static String inner(Map<String, Object> map) {
        String json = Json.canonical(map);
        return json.substring(1, json.length() - 1);
    }

    /** 16 hexadecimal digits that depend on what is run alone, not on the sweep it is part of. */
    public String of(int replicate) {
        return Json.hash(before + replicate + after, DIGITS);
    }
}
