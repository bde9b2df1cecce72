package org.bpttbench.harness.figure;

import java.util.List;

/** One kind of figure: whether the shape of a sweep calls for it, and what it then shows. */
@FunctionalInterface
interface FigureMaker {
    /** None if the sweep does not call for it. */
    List<Figure> of(View view);
}
