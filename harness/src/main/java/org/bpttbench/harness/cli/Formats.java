package org.bpttbench.harness.cli;

import java.util.Arrays;
import org.bpttbench.harness.report.ExportFormat;

/** Ways of writing a table, by the word on the command line. */
final class Formats {
    private Formats() {}

    static ExportFormat named(String format) {
        return Arrays.stream(ExportFormat.values())
                .filter(each -> each.name().equalsIgnoreCase(format))
                .findFirst()
                .orElseThrow(() -> new UsageException("--format is '" + format + "': there are csv, json, md, latex"));
    }
}
