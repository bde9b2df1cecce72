package org.bpttbench.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpttbench.core.catalog.Catalog;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.experiments.spec.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bptt list}: what a sweep file can name. */
@Command(name = "list", description = "List what a sweep file can name, or the bundled sweeps.", sortOptions = false)
final class ListCommand implements Callable<Integer> {
    private static final String SWEEPS = "sweeps";

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            description = "estimators, laws, tasks, cells, initialisers, optimisers, decays or sweeps; all by default.")
    private String kind = "";

    @Option(names = "--json", description = "One JSON line for each entry.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<String> kinds = new ArrayList<>(Shelves.ALL.keySet());
        kinds.add(SWEEPS);
        if (!kind.isEmpty() && !kinds.contains(kind)) {
            throw new UsageException("there are no '" + kind + "' to list; there are " + String.join(", ", kinds));
        }
        PrintWriter out = spec.commandLine().getOut();
        for (String shown : kind.isEmpty() ? kinds : List.of(kind)) {
            if (!json) {
                out.println(shown);
            }
            List<String[]> lines = shown.equals(SWEEPS) ? sweeps() : entries(Shelves.catalog(shown));
            print(shown, lines, out);
        }
        out.flush();
        return ExitCode.FINE;
    }

    private void print(String shown, List<String[]> lines, PrintWriter out) {
        int width = lines.stream().mapToInt(line -> line[0].length()).max().orElse(0);
        for (String[] line : lines) {
            if (json) {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("kind", shown);
                tree.put("name", line[0]);
                tree.put("summary", line[1]);
                tree.put("reference", line[2]);
                out.println(Json.write(tree));
            } else {
                String pad = " ".repeat(width - line[0].length() + 2);
                out.println("  " + line[0] + pad + line[1]);
                if (!line[2].isEmpty()) {
                    out.println(" ".repeat(width + 4) + "[" + line[2] + "]");
                }
            }
        }
    }

    private static List<String[]> entries(Catalog<?> catalog) {
        List<String[]> lines = new ArrayList<>();
        for (Entry<?> entry : catalog.entries()) {
            lines.add(new String[] {entry.name(), entry.summary(), entry.reference()});
        }
        return lines;
    }

    private static List<String[]> sweeps() throws IOException {
        List<String[]> lines = new ArrayList<>();
        for (String name : BundledSweeps.NAMES) {
            String text = new String(BundledSweeps.source(name), StandardCharsets.UTF_8);
            String about = text.lines()
                    .filter(line -> line.startsWith("about: "))
                    .map(line -> line.substring("about: ".length()))
                    .findFirst()
                    .orElse("");
            lines.add(new String[] {name, about, ""});
        }
        return lines;
    }
}
