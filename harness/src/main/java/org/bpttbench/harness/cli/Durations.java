package org.bpttbench.harness.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times on the command line: {@code 500ms}, {@code 60s}, {@code 10m}, {@code 8h}. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final int DAY = 86_400;

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
        return Optional.of(read(text)
                .orElseThrow(() -> new UsageException(option + " is '" + text
                        + "': must be a time above zero, as in 500ms, 60s, 10m or 1h, or off")));
    }

    /**
     * A time above zero, of no more than a year.
     *
     * @param option which is told in the message
     */
    static Duration of(String option, String text) {
        return read(text)
                .filter(time -> time.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new UsageException(option + " is '" + text + "': must be a time above zero, up to "
                        + LONGEST.toHours() + "h, as in 45s, 30m or 8h"));
    }

    private static Optional<Duration> read(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(of(Long.parseLong(matcher.group(1)), matcher.group(2)))
                        .filter(time -> !time.isZero())
                : Optional.empty();
    }

    private static Duration of(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    /** As one would say it, in two units at most: {@code 35ms}, {@code 4.2s}, {@code 12m 5s}, {@code 3h 20m}, {@code 2d 4h}. */
    static String words(double seconds) {
        if (seconds < 0.9995) {
            return Math.max(1, Math.round(1000 * seconds)) + "ms";
        }
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1fs", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < MINUTE) {
            return whole + "s";
        }
        if (whole < HOUR) {
            return two(whole, MINUTE, "m", 1, "s");
        }
        return whole < DAY - MINUTE / 2 ? two(whole, HOUR, "h", MINUTE, "m") : two(whole, DAY, "d", HOUR, "h");
    }

    private static String two(long seconds, int large, String largeUnit, int small, String smallUnit) {
        long count = Math.round((double) seconds / small);
        long per = large / small;
        long rest = count % per;
        return count / per + largeUnit + (rest == 0 ? "" : " " + rest + smallUnit);
    }
}
