package org.bpttbench.harness.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times on the command line: {@code 500ms}, {@code 60s}, {@code 10m}, {@code 8h}. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private Durations() {}

    /**
     * A time above zero, or none for {@code off}.
     *
     * @param option which is told in the message
     */
    static Optional<Duration> orOff(String option, String text) {
        if (text.equals("off")) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(text);
        Duration duration = matcher.matches() ? of(Long.parseLong(matcher.group(1)), matcher.group(2)) : Duration.ZERO;
        if (duration.isZero()) {
            throw new UsageException(
                    option + " is '" + text + "': must be a time above zero, as in 500ms, 60s, 10m or 1h, or off");
        }
        return Optional.of(duration);
    }

    private static Duration of(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
