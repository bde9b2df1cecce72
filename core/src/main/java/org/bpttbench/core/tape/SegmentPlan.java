package org.bpttbench.core.tape;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a sequence is divided into segments, of which one at a time is on the tape. With one level, the state at the start
 * of every segment is kept; with more, those of a level between two states of the next are kept only while the segments
 * between these are walked back. Each level costs the forward work of one more pass over the sequence. Beside the states
 * stands what the source gave, since it cannot be asked again.
 *
 * @param shape of the tape
 * @param sequence T, steps
 * @param segment steps of a segment; the last may be shorter
 * @param levels of states, at least 1
 */
public record SegmentPlan(TapeShape shape, int sequence, int segment, int levels) {
    /** Four forward passes in all: more would buy little, most of the memory being the record's by then. */
    private static final int MOST_LEVELS = 3;

    public SegmentPlan {
        if (segment < 1 || segment > sequence || levels < 1) {
            throw new IllegalArgumentException(
                    "a sequence of " + sequence + " steps in segments of " + segment + " on " + levels + " levels");
        }
    }

    /**
     * The plan with the fewest levels, then the fewest segments, that keeps within the memory; empty if none does, or none
     * whose arrays Java has.
     */
    public static Optional<SegmentPlan> of(Memory memory, TapeShape shape, long sequence) {
        return switch (memory.rule()) {
            case ALL -> whole(shape, sequence);
            case SQRT -> squareRoot(shape, sequence);
            case BUDGET -> search(shape, sequence, plan -> plan.bytes() <= (double) memory.bytes());
        };
    }

    /**
     * The same, where a plan is needed.
     *
     * @throws IllegalArgumentException if there is none, with the {@link #shortage}
     */
    public static SegmentPlan require(Memory memory, TapeShape shape, long sequence) {
        return of(memory, shape, sequence)
                .orElseThrow(() -> new IllegalArgumentException(shortage(memory, shape, sequence)));
    }

    /** Why there is no plan, with the bytes that would do. */
    public static String shortage(Memory memory, TapeShape shape, long sequence) {
        String task = "backpropagation through " + sequence + " steps × " + shape.lanes() + " lanes needs ";
        Optional<SegmentPlan> smallest = smallest(shape, sequence);
        if (smallest.isEmpty()) {
            return task + "longer arrays than Java has";
        }
        double record = smallest.get().recordBytes();
        String why = task + "at least " + (long) smallest.get().bytes() + " bytes"
                + (record > 0 ? ", " + (long) record + " of them for inputs, targets and masks" : "");
        return memory.rule() == Memory.Rule.BUDGET ? "memory is " + memory.bytes() + " bytes: " + why : why;
    }

    /** The plan that takes the fewest bytes; empty if there is none whose arrays Java has. */
    public static Optional<SegmentPlan> smallest(TapeShape shape, long sequence) {
        Smallest smallest = new Smallest();
        search(shape, sequence, smallest::look);
        return Optional.ofNullable(smallest.plan);
    }

    private static final class Smallest {
        private @Nullable SegmentPlan plan;

        /** Never content. */
        boolean look(SegmentPlan other) {
            if (plan == null || other.bytes() < plan.bytes()) {
                plan = other;
            }
            return false;
        }
    }

    private static Optional<SegmentPlan> whole(TapeShape shape, long sequence) {
        return sequence <= shape.longestTape()
                ? Optional.of(new SegmentPlan(shape, (int) sequence, (int) sequence, 1))
                : Optional.empty();
    }

    private static Optional<SegmentPlan> squareRoot(TapeShape shape, long sequence) {
        if (sequence > shape.longestRecord()) {
            return Optional.empty();
        }
        int segment = (int) Math.ceil(Math.sqrt((double) sequence));
        return Optional.of(new SegmentPlan(shape, (int) sequence, segment, 1)).filter(SegmentPlan::fitsArrays);
    }

    /** Tries every number of segments there can be, fewest levels and segments first: about 2√T a level. */
    private static Optional<SegmentPlan> search(TapeShape shape, long sequence, Predicate<SegmentPlan> good) {
        if (sequence > Math.max(shape.longestTape(), shape.longestRecord())) {
            return Optional.empty();
        }
        int steps = (int) sequence;
        for (int levels = 1; levels <= MOST_LEVELS; levels++) {
            for (int longest = steps; longest > 0; ) {
                int segments = ceilDiv(steps, longest);
                int segment = ceilDiv(steps, segments);
                SegmentPlan plan = new SegmentPlan(shape, steps, segment, levels);
                if (plan.fitsArrays() && good.test(plan)) {
                    return Optional.of(plan);
                }
                longest = segment - 1;
            }
        }
        return Optional.empty();
    }

    private boolean fitsArrays() {
        return segment <= shape.longestTape() && recordSteps() <= shape.longestRecord();
    }

    /** Segments of the sequence. */
    public int segments() {
        return ceilDiv(sequence, segment);
    }

    /** m: one of so many states of a level is a state of the next level too. */
    public int fanOut() {
        int segments = segments();
        int enough = segments;
        for (int tooFew = 0; enough - tooFew > 1; ) {
            int between = (enough + tooFew) >>> 1;
            if (power(between, levels) >= segments) {
                enough = between;
            } else {
                tooFew = between;
            }
        }
        return enough;
    }

    /** From one state of a level to the next, in segments; level 0 has those at every segment. */
    public int every(int level) {
        return power(fanOut(), level);
    }

    /** States that a level keeps at a time. */
    public int slots(int level) {
        return level < levels - 1 ? fanOut() : ceilDiv(segments(), every(level));
    }

    /** Bytes of all that is kept: tape, states and record. */
    public double bytes() {
        // The tape has one state more than steps, and the state after the sequence is kept for the next.
        double states = 2.0;
        for (int level = 0; level < levels; level++) {
            states += slots(level);
        }
        return (double) segment * (double) shape.bytesPerStep()
                + states * (double) shape.bytesPerState()
                + recordBytes();
    }

    private double recordBytes() {
        return (double) recordSteps() * (double) shape.bytesPerSourceStep();
    }

    /** Steps of which it is kept what the source gave: all, or none where all are on the tape. */
    public int recordSteps() {
        return segments() == 1 ? 0 : sequence;
    }

    private static int ceilDiv(int a, int b) {
        return (a - 1) / b + 1;
    }

    /** Or the largest int, if that is less. */
    private static int power(int base, int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power = Math.min(Integer.MAX_VALUE, power * base);
        }
        return (int) power;
    }
}
