package org.bpttbench.experiments.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who says that it makes runs in a results folder.
 *
 * @param pid of the process
 * @param host that it runs on
 * @param since when
 * @param shard that it makes; empty for all runs
 */
public record Holder(long pid, String host, Instant since, Optional<Shard> shard) {
    private static final Pattern FORM = Pattern.compile("process ([0-9]{1,18}) on (\\S+) since (\\S+)");

    /** By how much the start of a process and what it writes of itself may contradict each other. */
    private static final Duration CLOCKS = Duration.ofSeconds(2);

    /** Whether that process still goes on. */
    public enum Life {
        GOES_ON,
        /** It ended without a chance to say so. */
        GONE,
        /** It runs on another host, if it does. */
        ELSEWHERE
    }

    /** This process, now. */
    static Holder self(Optional<Shard> shard) {
        return new Holder(ProcessHandle.current().pid(), thisHost(), Instant.now(), shard);
    }

    /**
     * What {@link #text} has written.
     *
     * @return empty if it was not written here
     */
    static Optional<Holder> parse(String text, Optional<Shard> shard) {
        Matcher matcher = FORM.matcher(text);
        try {
            return matcher.matches()
                    ? Optional.of(new Holder(
                            Long.parseLong(matcher.group(1)), matcher.group(2), Instant.parse(matcher.group(3)), shard))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** For a file that belongs to the shard, which it does not name. */
    String text() {
        return "process " + pid + " on " + host + " since " + since;
    }

    /** As far as can be told from here. */
    public Life life() {
        if (!host.equals(thisHost())) {
            return Life.ELSEWHERE;
        }
        return ProcessHandle.of(pid).filter(this::isIt).isPresent() ? Life.GOES_ON : Life.GONE;
    }

    /** Not one that has got the number of a process that is gone. */
    private boolean isIt(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .startInstant()
                        .map(start -> start.isBefore(since.plus(CLOCKS)))
                        .orElse(true);
    }

    /** The name of this machine. */
    public static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
