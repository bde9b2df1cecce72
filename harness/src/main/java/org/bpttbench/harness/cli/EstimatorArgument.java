package org.bpttbench.harness.cli;

import java.util.ArrayList;
import java.util.List;
import org.bpttbench.experiments.spec.PartialSetting;
import org.bpttbench.experiments.spec.SweepReader;

/**
 * An estimator on the command line: its type and, after commas, what else it must have, as in {@code artbp,mean=16} or
 * {@code artbp,law={type: polynomial, alpha: 6}}. Paths are those below {@code estimator}; values are read as overrides are.
 */
final class EstimatorArgument {
    private static final String ESTIMATOR = "estimator.";

    private EstimatorArgument() {}

    /** @throws org.bpttbench.experiments.spec.SweepErrors if it says nothing that an estimator can have */
    static PartialSetting read(String name, String text, SweepReader reader) {
        List<String> values = new ArrayList<>();
        for (String part : parts(text)) {
            if (!part.contains("=") && values.isEmpty()) {
                values.add(ESTIMATOR + "type=" + part);
            } else {
                values.add(part.startsWith(ESTIMATOR) ? part : ESTIMATOR + part);
            }
        }
        return reader.partial(name, values);
    }

    /** Divided at the commas outside brackets and quotes. */
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(part.toString().strip());
                part.setLength(0);
                continue;
            }
            part.append(c);
        }
        parts.add(part.toString().strip());
        return parts;
    }
}
