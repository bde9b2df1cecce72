package org.bpttbench.core.tape;

/**
 * How much of a long sequence may be kept until it has been walked back.
 *
 * @param rule how that is said
 * @param bytes the budget; 0 unless the rule is a budget
 */
public record Memory(Rule rule, long bytes) {
    /** Every step of the sequence stays on the tape. */
    public static final Memory ALL = new Memory(Rule.ALL, 0);

    /** For T steps, ⌈√T⌉ on the tape at a time and about as many states. */
    public static final Memory SQRT = new Memory(Rule.SQRT, 0);

    /** The ways to say it. */
    public enum Rule {
        ALL,
        SQRT,
        BUDGET
    }

    public Memory {
        if (bytes < 0 || (rule == Rule.BUDGET) != (bytes > 0)) {
            throw new IllegalArgumentException("a memory of rule " + rule + " and " + bytes + " bytes");
        }
    }

    /** @param bytes at least 1 */
    public static Memory budget(long bytes) {
        return new Memory(Rule.BUDGET, bytes);
    }
}
