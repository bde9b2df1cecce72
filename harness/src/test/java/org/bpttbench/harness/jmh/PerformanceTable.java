package org.bpttbench.harness.jmh;

import static org.bpttbench.harness.jmh.Scores.digits;
import static org.bpttbench.harness.jmh.Scores.percent;
import static org.bpttbench.harness.jmh.Scores.ratio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The tables of docs/performance.md, each made from the file that has its name. */
enum PerformanceTable {
    STEP {
        @Override
        List<List<String>> rows(Scores scores, Path files) {
            List<String> head =
                    List.of("system / lanes", "backend", "`full`", "`tbptt`", "`artbp`", "`artbp` / `tbptt`");
            return across(scores, head, "step", "estimator=", List.of("full", "tbptt", "artbp"), "artbp", "tbptt");
        }
    },
    PRODUCTS {
        @Override
        List<List<String>> rows(Scores scores, Path files) {
            double peak = scores.score("peak:gigaflops");
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("product", "plain, GF/s", "of peak", "vector, GF/s", "of peak"));
            for (String shape : scores.values("shape")) {
                List<String> row = new ArrayList<>(List.of(shape));
                for (String backend : List.of("plain", "vector")) {
                    double speed = scores.score("product:gigaflops", "shape=" + shape, "backend=" + backend);
                    row.add(digits(speed));
                    row.add(percent(speed / peak));
                }
                rows.add(row);
            }
            rows.add(List.of("multiply-adds on registers", "", "", digits(peak), percent(1)));
            return rows;
        }
    },
    PARTS {
        @Override
        List<List<String>> rows(Scores scores, Path files) throws IOException {
            double peak = Scores.of(files.resolve("products.csv")).score("peak:gigaflops");
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(
                    "system / lanes",
                    "backend",
                    "input",
                    "recurrent products",
                    "elementwise",
                    "weight gradient",
                    "head",
                    "sum, µs",
                    "of peak"));
            for (String subject : scores.values("subject")) {
                for (String backend : scores.values("backend")) {
                    rows.add(parts(scores, peak, subject, backend));
                }
            }
            return rows;
        }

        private List<String> parts(Scores scores, double peak, String subject, String backend) {
            String[] of = {"subject=" + subject, "backend=" + backend};
            double elementwise = scores.score("elementwiseForward", of) + scores.score("elementwiseBackward", of);
            double recurrence = scores.score("recurrenceForward", of) + scores.score("recurrenceBackward", of);
            double[] times = {
                scores.score("input", of),
                recurrence - elementwise,
                elementwise,
                scores.score("weightGradient", of),
                scores.score("head", of)
            };
            double sum = 0;
            for (double time : times) {
                sum += time;
            }
            List<String> row = new ArrayList<>(List.of(subject, backend));
            for (double time : times) {
                row.add(percent(time / sum));
            }
            row.add(digits(sum));
            row.add(percent(gigaflop(subject) / sum * 1e6 / peak));
            return row;
        }
    },
    UNITS {
        @Override
        List<List<String>> rows(Scores scores, Path files) throws IOException {
            return growth(scores, files, "units", subject -> subject.replaceAll("lstm-|/.*", ""));
        }
    },
    LANES {
        @Override
        List<List<String>> rows(Scores scores, Path files) throws IOException {
            return growth(scores, files, "lanes", subject -> subject.replaceAll(".*/", ""));
        }
    },
    STEPS {
        @Override
        List<List<String>> rows(Scores scores, Path files) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("steps of a sequence", "vector, µs"));
            for (String sequence : scores.values("sequence")) {
                rows.add(List.of(
                        String.format(Locale.ROOT, "%,d", Integer.parseInt(sequence)),
                        time(scores, "step", "sequence=" + sequence)));
            }
            return rows;
        }
    },
    THREADS {
        @Override
        List<List<String>> rows(Scores scores, Path files) throws IOException {
            Scores alone = Scores.of(files.resolve("alone.csv"));
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(
                    "system / lanes", "backend", "one at work, µs", "two at work, µs each", "speed of two over one"));
            for (String subject : scores.values("subject")) {
                for (String backend : scores.values("backend")) {
                    String[] of = {"subject=" + subject, "backend=" + backend, "estimator=full"};
                    rows.add(List.of(
                            subject,
                            backend,
                            time(alone, "step", of),
                            time(scores, "step", of),
                            ratio(2 * alone.score("step", of) / scores.score("step", of))));
                }
            }
            double one = alone.score("peak:gigaflops");
            double both = scores.score("peak:gigaflops");
            rows.add(List.of(
                    "multiply-adds on registers",
                    "",
                    digits(one) + " GF/s",
                    digits(both) + " GF/s in all",
                    ratio(both / one)));
            return rows;
        }
    },
    TOGETHER {
        @Override
        List<List<String>> rows(Scores scores, Path files) {
            List<String> head =
                    List.of("system", "backend", "one by one, µs a draw", "4 together", "24 together", "gain");
            return across(scores, head, "draw", "together=", List.of("1", "4", "24"), "1", "24");
        }
    },
    MEMORY {
        @Override
        List<List<String>> rows(Scores scores, Path files) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("system / lanes / steps", "all kept, ms", "`memory: sqrt`, ms", "ratio"));
            for (String subject : scores.values("subject")) {
                String of = "subject=" + subject;
                rows.add(List.of(
                        subject,
                        time(scores, "sequence", of, "memory=all"),
                        time(scores, "sequence", of, "memory=sqrt"),
                        ratio(scores.score("sequence", of, "memory=sqrt")
                                / scores.score("sequence", of, "memory=all"))));
            }
            return rows;
        }
    },
    DRAWS {
        @Override
        List<List<String>> rows(Scores scores, Path files) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("system / steps / draws", "plain, s", "vector, s"));
            for (String subject : scores.values("subject")) {
                rows.add(List.of(
                        subject,
                        digits(scores.score("measure", "subject=" + subject, "backend=plain")),
                        digits(scores.score("measure", "subject=" + subject, "backend=vector"))));
            }
            return rows;
        }
    };

    static final String END = "<!-- end -->";

    /** The first is the head. */
    abstract List<List<String>> rows(Scores scores, Path files) throws IOException;

    String begin() {
        return "<!-- " + key() + " -->";
    }

    private String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String render(Path files) throws IOException {
        List<List<String>> rows = rows(Scores.of(files.resolve(key() + ".csv")), files);
        StringBuilder text = new StringBuilder("\n");
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) {
                text.append("|---".repeat(rows.get(i).size())).append("|\n");
            }
        }
        return text.append('\n').toString();
    }

    /** A row for each subject and backend: the times at some values of a parameter, and the ratio of two of them. */
    private static List<List<String>> across(
            Scores scores,
            List<String> head,
            String method,
            String parameter,
            List<String> values,
            String over,
            String under) {
        List<List<String>> rows = new ArrayList<>(List.of(head));
        for (String subject : scores.values("subject")) {
            for (String backend : scores.values("backend")) {
                String[] of = {"subject=" + subject, "backend=" + backend, ""};
                List<String> row = new ArrayList<>(List.of(subject, backend));
                for (String value : values) {
                    of[2] = parameter + value;
                    row.add(time(scores, method, of));
                }
                of[2] = parameter + over;
                double dividend = scores.score(method, of);
                of[2] = parameter + under;
                row.add(ratio(dividend / scores.score(method, of)));
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<List<String>> growth(Scores scores, Path files, String what, UnaryOperator<String> head)
            throws IOException {
        double peak = Scores.of(files.resolve("products.csv")).score("peak:gigaflops");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(what, "plain, µs", "of peak", "vector, µs", "of peak"));
        for (String subject : scores.values("subject")) {
            List<String> row = new ArrayList<>(List.of(head.apply(subject)));
            for (String backend : List.of("plain", "vector")) {
                double time = scores.score("step", "subject=" + subject, "backend=" + backend);
                row.add(time(scores, "step", "subject=" + subject, "backend=" + backend));
                row.add(percent(gigaflop(subject) / time * 1e6 / peak));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String time(Scores scores, String method, String... parameters) {
        return digits(scores.score(method, parameters)) + " ± " + digits(scores.spread(method, parameters));
    }

    /** Billions of operations of a step in products: of the cell three times, of the head's 8 outputs three times. */
    private static double gigaflop(String subject) {
        double units = Double.parseDouble(subject.replaceAll("lstm-|/.*", ""));
        double lanes = Double.parseDouble(subject.replaceAll(".*/", ""));
        double cell = 3 * 4 * units * units + 2 * 4 * units * 8;
        double head = 3 * units * 8;
        return 2 * lanes * (cell + head) * 1e-9;
    }
}
