package org.bpttbench.harness.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpttbench.harness.figure.Figure.Axis;
import org.bpttbench.harness.figure.Figure.Scale;

/**
 * Numbers to places along a line of pixels. What is 0 or less has a place of its own on a logarithmic axis that allows it,
 * before a gap.
 */
final class Ruler {
    /** Pixels of the place for zero and the gap behind it. */
    private static final double ZERO = 26;

    /** Share of the line that is left free at either end. */
    private static final double AIR = 0.04;

    /** A relative figure below this is rounding error, which is not worth its decades: it stands with zero. */
    private static final double ROUNDING = 1e-12;

    /** Larger numbers stand where this one does, so that differences and room beside them are numbers still. */
    private static final double LARGEST = 0x1p1021;

    /** The same where numbers are multiplied with each other; smaller ones than its inverse stand with zero. */
    private static final double LARGEST_FACTOR = 1e250;

    private final Scale scale;
    private final double start;
    private final double end;
    private final double low;
    private final double high;
    private final boolean zero;
    private final List<Double> given;

    private Ruler(Scale scale, double start, double end, double low, double high, boolean zero, List<Double> given) {
        this.scale = scale;
        this.start = start;
        this.end = end;
        this.low = low;
        this.high = high;
        this.zero = zero;
        this.given = given;
    }

    /**
     * @param start pixel of the smallest value
     * @param end pixel of the largest
     * @param values that must have a place; those that are not finite are left out
     */
    static Ruler of(Axis axis, double start, double end, double... values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        return axis.scale() == Scale.LINEAR
                ? linear(start, end, finite)
                : logarithmic(axis.scale(), start, end, finite);
    }

    private static Ruler linear(double start, double end, double... values) {
        double low = Arrays.stream(values).map(Ruler::bounded).min().orElse(0);
        double high = Arrays.stream(values).map(Ruler::bounded).max().orElse(1);
        double span = high - low;
        if (!(span > 0)) {
            span = low == 0 ? 1 : Math.abs(low) * 0.2;
        }
        // Without a value below 0 an axis that comes near it starts there.
        double from = low >= 0 && low < 0.5 * high ? (low == 0 ? -AIR * span : 0) : low - AIR * span;
        return new Ruler(Scale.LINEAR, start, end, from, high + AIR * span, false, List.of());
    }

    private static Ruler logarithmic(Scale scale, double start, double end, double... values) {
        double high = Math.min(LARGEST_FACTOR, Arrays.stream(values).max().orElse(1));
        double floor = scale == Scale.LOG ? 1 / LARGEST_FACTOR : ROUNDING;
        high = high >= floor ? high : 1;
        double low = Arrays.stream(values).filter(value -> value >= floor).min().orElse(high / 10);
        low = Math.min(low, high);
        boolean zero = Arrays.stream(values).anyMatch(value -> value < floor);
        double room = Math.max(1.15, StrictMath.exp(AIR * 1.5 * logRatio(high, low)));
        double from = zero ? start + Math.signum(end - start) * ZERO : start;
        return new Ruler(scale, from, end, low / room, high * room, zero, List.of());
    }

    /** The same with ticks at given places, if they are few enough to be read. */
    Ruler ticksAt(double... places) {
        double[] distinct = Arrays.stream(places).sorted().distinct().toArray();
        boolean apart = distinct.length <= 8;
        for (int i = 1; i < distinct.length; i++) {
            apart &= Math.abs(place(distinct[i]) - place(distinct[i - 1])) > 26;
        }
        return apart
                ? new Ruler(
                        scale,
                        start,
                        end,
                        low,
                        high,
                        zero,
                        Arrays.stream(distinct).boxed().toList())
                : this;
    }

    double place(double value) {
        if (scale == Scale.LINEAR) {
            return start + (end - start) * ((bounded(value) - low) / (high - low));
        }
        if (isZero(value)) {
            return zeroPlace();
        }
        double share = logRatio(Math.min(LARGEST_FACTOR, value), low) / logRatio(high, low);
        return start + (end - start) * share;
    }

    private static double bounded(double value) {
        return Math.max(-LARGEST, Math.min(LARGEST, value));
    }

    /** log(a/b), the ratio itself being no number perhaps. */
    private static double logRatio(double a, double b) {
        double ratio = a / b;
        return Double.isFinite(ratio) ? StrictMath.log(ratio) : StrictMath.log(a) - StrictMath.log(b);
    }

    /** The same, no farther than the ends of the line. */
    double within(double value) {
        if (scale != Scale.LINEAR) {
            return value == Double.POSITIVE_INFINITY ? end : place(value);
        }
        return place(Math.min(high, Math.max(low, value)));
    }

    /** Whether it stands in the place for zero. */
    boolean isZero(double value) {
        return scale != Scale.LINEAR && value < low;
    }

    boolean hasZero() {
        return zero;
    }

    /** Where that is. */
    double zeroPlace() {
        return zero ? start - Math.signum(end - start) * ZERO * 0.65 : start;
    }

    /** Where the line proper begins. */
    double gap() {
        return start;
    }

    List<Double> ticks(int wanted) {
        if (!given.isEmpty()) {
            return given;
        }
        return scale == Scale.LINEAR ? Ticks.linear(low, high, wanted) : Ticks.logarithmic(low, high);
    }

    /** With the one at the place for zero. */
    List<Label> labels(int wanted) {
        List<Label> labels = new ArrayList<>();
        if (zero) {
            labels.add(new Label("0", zeroPlace()));
        }
        boolean powers = scale != Scale.LINEAR && given.isEmpty() && high / low > 1e6;
        ticks(wanted)
                .forEach(tick -> labels.add(new Label(powers ? Ticks.power(tick) : Ticks.text(tick), place(tick))));
        return labels;
    }

    /** A tick as it is drawn. */
    record Label(String text, double place) {}
}
