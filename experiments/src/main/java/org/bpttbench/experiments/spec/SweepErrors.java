package org.bpttbench.experiments.spec;

import java.util.List;
import java.util.stream.Collectors;

/** A sweep file cannot be run; carries every reason, in the order of their places. */
public final class SweepErrors extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    SweepErrors(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
