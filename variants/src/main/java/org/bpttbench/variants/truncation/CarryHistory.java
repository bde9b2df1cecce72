package org.bpttbench.variants.truncation;

import java.util.Arrays;
import org.bpttbench.core.state.Checkpointed;
import org.bpttbench.core.state.StateReader;
import org.bpttbench.core.state.StateWriter;

/**
 * The carries of the last links, those of all rows of a link beside each other. Links are numbered from the start of the
 * sequence by the step behind which they lie. Grows by doubling; one of steady use allocates nothing.
 */
final class CarryHistory implements Checkpointed {
    private static final int FIRST_CAPACITY = 64;

    private final int rows;
    private double[] carries;
    // The links that are kept lie in [begin, end) of the array, in units of a link.
    private int begin;
    private int end;
    private long first;

    CarryHistory(int rows) {
        this.rows = rows;
        this.carries = new double[Math.multiplyExact(FIRST_CAPACITY, rows)];
    }

    /** Forgets everything; the next link is number 0. */
    void clear() {
        begin = 0;
        end = 0;
        first = 0;
    }

    /** Adds the next link, with carries of 1. */
    void append() {
        if (end == carries.length / rows) {
            makeRoom();
        }
        Arrays.fill(carries, end * rows, (end + 1) * rows, 1.0);
        end++;
    }

    /** Sets a carry of the link added last. */
    void set(int row, double carry) {
        carries[(end - 1) * rows + row] = carry;
    }

    /** Copies the links from number {@code from} to the last. */
    void copyFrom(long from, double[] into) {
        int at = begin + (int) (from - first);
        System.arraycopy(carries, at * rows, into, 0, (end - at) * rows);
    }

    /** Forgets the links before number {@code link}. */
    void forgetBefore(long link) {
        begin += (int) (link - first);
        first = link;
    }

    @Override
    public void save(StateWriter out) {
        out.section("carries");
        out.putLong(first);
        out.putDoubles(carries, begin * rows, (end - begin) * rows);
    }

    @Override
    public void load(StateReader in) {
        in.section("carries");
        first = in.readLong();
        double[] kept = in.readDoubles();
        if (kept.length > carries.length) {
            carries = new double[Math.multiplyExact(2, kept.length)];
        }
        System.arraycopy(kept, 0, carries, 0, kept.length);
        begin = 0;
        end = kept.length / rows;
    }

    private void makeRoom() {
        int kept = end - begin;
        // Moving pays where at least half of the room is won by it, so that no link is moved often.
        double[] room = 2 * kept <= end ? carries : new double[Math.multiplyExact(2, carries.length)];
        System.arraycopy(carries, begin * rows, room, 0, kept * rows);
        carries = room;
        begin = 0;
        end = kept;
    }
}
