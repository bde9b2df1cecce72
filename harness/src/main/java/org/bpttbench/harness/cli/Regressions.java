package org.bpttbench.harness.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Stack;
import java.util.stream.Stream;
import org.bpttbench.harness.report.ComparisonReport;
import org.bpttbench.harness.stats.Compared;
import org.bpttbench.harness.stats.Quantity.Kind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which verdicts make a comparison fail. */
final class Regressions {
    /** All quantities but times, which differ from one hour to the next. */
    private static final String USUAL = "";

    @Option(
            names = "--fail-on-regression",
            paramLabel = "QUANTITY,…",
            arity = "0..1",
            fallbackValue = USUAL,
            preprocessor = Attached.class,
            description =
                    "Exit 3 if a verdict is 'worse': of any quantity but time, or of those named: bias, variance, mse,"
                            + " steps_to_target, time, or a metric as in test.loss.")
    private @Nullable String wanted;

    /** Lets the option take a value only after an equals sign: the next word is an argument of the command. */
    static final class Attached implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                @SuppressWarnings("JdkObsolete") Stack<String> arguments, // picocli's
                CommandSpec command,
                ArgSpec option,
                java.util.Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                arguments.push(USUAL);
            }
            return false;
        }
    }

    /** The rows that count as regressions; none if nobody asked. */
    List<Compared> of(ComparisonReport report) {
        if (wanted == null) {
            return List.of();
        }
        List<String> words = words(report);
        return report.comparison().with(Compared.Word.WORSE).stream()
                .filter(row -> words.isEmpty()
                        ? row.quantity().kind() != Kind.TIME
                        : words.contains(row.quantity().word()))
                .toList();
    }

    /** @throws UsageException if the comparison has no such quantity */
    private List<String> words(ComparisonReport report) {
        List<String> words = Stream.of(String.valueOf(wanted).split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        List<String> known = Stream.concat(
                        Arrays.stream(Kind.values())
                                .filter(kind -> kind != Kind.METRIC)
                                .map(Kind::key),
                        report.comparison().rows().stream()
                                .map(row -> row.quantity().word()))
                .distinct()
                .toList();
        words.stream().filter(word -> !known.contains(word)).findFirst().ifPresent(word -> {
            throw new UsageException(
                    "--fail-on-regression: nothing compared is '" + word + "'; there are " + String.join(", ", known));
        });
        return words;
    }
}
