package org.bpttbench.harness.figure;

import java.util.List;
import org.bpttbench.harness.report.Results;

/** All kinds of figures. */
public final class Figures {
    /** The first that a sweep calls for is the one that carries its answer. */
    private static final List<FigureMaker> ALL = List.of(
            LengthFigure.BIAS,
            new BiasBySetting(),
            LengthFigure.PROJECTION,
            new InitialisationMap(),
            new Frontier(),
            new DrawSpread(),
            new FinalMetric(),
            new LearningCurves(),
            LengthFigure.TIME,
            LengthFigure.MEMORY);

    private Figures() {}

    /** Those that the sweep calls for, the one that carries its answer first. */
    public static List<Figure> of(Results results) {
        View view = View.of(results);
        return ALL.stream().flatMap(maker -> maker.of(view).stream()).toList();
    }
}
