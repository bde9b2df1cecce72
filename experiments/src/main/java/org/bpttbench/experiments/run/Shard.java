package org.bpttbench.experiments.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;

/**
 * One of several equal parts of a sweep's runs. Which runs it has depends on the sweep alone, not on what is done. Shards of
 * one count have every run once, and each has as many as any other, of each setting and of each replicate too: where that
 * does not come out even, one more or less.
 *
 * @param index counted from 1
 * @param count of all shards
 */
public record Shard(int index, int count) implements Comparable<Shard> {
    private static final Comparator<Shard> ORDER =
            Comparator.comparingInt(Shard::count).thenComparingInt(Shard::index);

    /** @throws IllegalArgumentException unless 1 ≤ index ≤ count */
    public Shard {
        if (count < 1 || index < 1 || index > count) {
            throw new IllegalArgumentException(
                    "shard " + index + " of " + count + ": must be one of 1 to the number of shards");
        }
    }

    /** This shard's runs, in sweep order. */
    public List<RunSpec> of(Sweep sweep) {
        List<RunSpec> mine = new ArrayList<>();
        List<Setting> settings = sweep.settings();
        for (int row = 0; row < settings.size(); row++) {
            List<RunSpec> replicates = sweep.runs(settings.get(row));
            for (int column = 0; column < replicates.size(); column++) {
                if (dealt(row, column, replicates.size()) == index - 1) {
                    mine.add(replicates.get(column));
                }
            }
        }
        return mine;
    }

    /**
     * Whose the run in a cell of the table settings × replicates is, counted from 0. Dealt like cards row after row, the cells
     * of a column would come to the same few shards wherever the row's length and the count have a common divisor; so
     * every time this repeats itself, the deal moves on by one.
     */
    private int dealt(int row, int column, int columns) {
        int period = count / gcd(columns, count);
        return (int) (((long) row * columns + column + row / period) % count);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** For names of files. */
    public String label() {
        return "shard-" + index + "-of-" + count;
    }

    @Override
    public int compareTo(Shard other) {
        return ORDER.compare(this, other);
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return index + "/" + count;
    }
}
