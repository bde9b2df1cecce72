package org.bpttbench.experiments.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.spec.Finite;

/**
 * Running central moments of a scalar up to the fourth, by the one-pass update of Pébay 2008, equations 2.1 and 3.1. Not
 * a number in, not a number out.
 */
public final class Moments {
    private long count;
    private double mean;
    private double second;
    private double third;
    private double fourth;

    void add(double value) {
        long before = count++;
        double n = count;
        double delta = value - mean;
        double step = delta / n;
        double spread = delta * step * before;
        mean += step;
        fourth += spread * step * step * (n * n - 3 * n + 3) + 6 * step * step * second - 4 * step * third;
        third += spread * step * (n - 2) - 3 * step * second;
        second += spread;
    }

    public long count() {
        return count;
    }

    public double mean() {
        return mean;
    }

    /** Σ(x − mean)^p for p = 2, 3, 4. */
    public double central(int power) {
        return switch (power) {
            case 2 -> second;
            case 3 -> third;
            case 4 -> fourth;
            default -> throw new IllegalArgumentException("no moment of order " + power + " is kept");
        };
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("count", count);
        Finite.put(tree, "mean", mean);
        Finite.put(tree, "m2", second);
        Finite.put(tree, "m3", third);
        Finite.put(tree, "m4", fourth);
        return tree;
    }

    static Moments of(Arguments tree) {
        Moments moments = new Moments();
        moments.count = tree.whole("count");
        moments.mean = Finite.read(tree, "mean");
        moments.second = Finite.read(tree, "m2");
        moments.third = Finite.read(tree, "m3");
        moments.fourth = Finite.read(tree, "m4");
        return moments;
    }
}
