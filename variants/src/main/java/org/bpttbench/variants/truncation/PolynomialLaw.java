package org.bpttbench.variants.truncation;

import java.util.List;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;

/**
 * Cuts less and less as the segment ages: c(k) = (α−1)/((α−2)·L₀ + k). Segment lengths have mean L₀ and a tail of
 * exponent −α; the compensation grows polynomially with the lag. For α ≤ 3 the length has infinite variance.
 *
 * <p><i>Reference:</i> Tallec &amp; Ollivier 2017, equation 14.
 *
 * @param alpha α above 2
 * @param mean L₀ above 1, in steps
 */
public record PolynomialLaw(double alpha, double mean) implements CutLaw {
    /** {@code law: {type: polynomial, alpha: …}}. */
    public static final Entry<Family> ENTRY = new Entry<>(
            "polynomial",
            "cut with probability (alpha-1)/((alpha-2)·mean + age): segments with a polynomial tail",
            "Tallec & Ollivier 2017, equation 14",
            List.of(Parameter.real("alpha", "exponent of the tail of the segment lengths")
                    .above(2)
                    .cautionUpTo(3, "the variance of the segment length is infinite")),
            a -> mean -> new PolynomialLaw(a.real("alpha"), mean));

    public PolynomialLaw {
        if (!(alpha > 2) || !(mean > 1)) {
            throw new IllegalArgumentException(
                    "alpha is " + alpha + ", must be above 2; mean is " + mean + ", must be above 1");
        }
    }

    @Override
    public double cut(long age) {
        return (alpha - 1.0) / ((alpha - 2.0) * mean + age);
    }
}
