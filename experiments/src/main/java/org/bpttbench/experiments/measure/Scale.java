package org.bpttbench.experiments.measure;

/** Lengths and squares of vectors whose entries are near the ends of the range of numbers. */
final class Scale {
    /** Within 2^±100 the fourth power of an entry is a number, and nothing need be scaled. */
    private static final int WIDE = 100;

    /** Of a scale, so that it is a number itself. */
    private static final int WIDEST = 1000;

    private Scale() {}

    /**
     * What a vector is to be multiplied by so that squares of its entries, and of others as large, can be summed: a power of
     * two, which leaves all digits as they are; 1 in all but extreme cases. 1 for a vector of zeros or without an end.
     */
    static double of(double[] vector, int size) {
        double largest = 0;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, Math.abs(vector[i]));
        }
        if (!(largest > 0 && largest < Double.POSITIVE_INFINITY)) {
            return 1.0;
        }
        int exponent = Math.getExponent(largest);
        return Math.abs(exponent) <= WIDE ? 1.0 : Math.scalb(1.0, -Math.max(-WIDEST, Math.min(WIDEST, exponent)));
    }

    /** ‖·‖ of the first entries, if it is a number. */
    static double norm(double[] vector, int size) {
        double scale = of(vector, size);
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares = Math.fma(scale * vector[i], scale * vector[i], squares);
        }
        return Math.sqrt(squares) / scale;
    }
}
