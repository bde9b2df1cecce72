package org.bpttbench.harness.figure;

import java.util.List;

/** Names in the order in which they are met, and their places. */
record Rows(List<String> names) {
    Rows {
        names = names.stream().distinct().toList();
    }

    int index(String name) {
        return names.indexOf(name);
    }
}
