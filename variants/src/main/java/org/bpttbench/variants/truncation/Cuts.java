package org.bpttbench.variants.truncation;

import java.util.List;
import java.util.Optional;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.gradient.Tally;

/**
 * Where a random truncation cuts.
 *
 * @param mean L₀ above 1: the law's mean segment length, in steps
 * @param law how likely a cut is at each age
 * @param shared whether all lanes of a draw are cut together; otherwise each on its own
 */
public record Cuts(double mean, CutLaw law, boolean shared) {
    /** What every random truncation takes. */
    static final List<Parameter> PARAMETERS = List.of(
            Parameter.real("mean", "mean segment length L0, in steps").above(1),
            Parameter.entry("law", "how the probability of a cut depends on the age of the segment", CutLaw.CATALOG)
                    .orElse("constant"),
            Parameter.word(
                            "cuts",
                            "whether each lane is cut on its own, which averages out over the minibatch, or all together",
                            "independent",
                            "shared")
                    .orElse("independent"));

    private static final double RARE = 1e-9;

    static Cuts from(Arguments a) {
        CutLaw.Family family = CutLaw.CATALOG.create("type", a.nested("law"));
        return new Cuts(
                a.real("mean"), family.of(a.real("mean")), a.text("cuts").equals("shared"));
    }

    /**
     * See {@code GradientEstimator.plannedTapeSteps}: one segment in 10⁹ is longer. Lanes that are cut each on its own keep
     * the whole sequence.
     */
    long plannedTapeSteps(int lanes, long sequence) {
        if (!together(lanes)) {
            return sequence;
        }
        double survival = 1.0;
        long steps = 1;
        while (steps < sequence && survival > RARE) {
            survival *= 1.0 - law.cut(steps++);
        }
        return steps;
    }

    /** See {@code GradientEstimator.tapeSteps}: segments that end together leave the tape one by one. */
    long tapeSteps(int lanes, Tally tally) {
        return together(lanes) ? tally.longestSegment() : tally.longestWindow();
    }

    /** Whether the segments of all lanes end together. */
    boolean together(int lanes) {
        return shared || lanes == 1;
    }

    /** See {@code GradientEstimator.refusal}. */
    Optional<String> refusal(int lanes, boolean endless) {
        if (endless && !together(lanes)) {
            return Optional.of("independent cuts do not train on an endless stream with " + lanes
                    + " lanes: the lanes' segments end at different steps; write 'cuts: shared' or 'lanes: 1'");
        }
        return Optional.empty();
    }
}
