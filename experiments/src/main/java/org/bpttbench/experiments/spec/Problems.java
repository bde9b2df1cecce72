package org.bpttbench.experiments.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a sweep file. The same fault seen through many settings is told once. */
final class Problems {
    /** Who has so many mends the first ones first; bounds the time that a hostile file can ask for. */
    static final int MOST = 100;

    private final Set<Problem> errors = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private final Set<Place> spoiled = new HashSet<>();

    /** @throws SweepErrors if there are too many to go on */
    void error(Place place, String message) {
        if (!spoiled.contains(place)) {
            errors.add(new Problem(place, message));
        }
        if (errors.size() >= MOST) {
            List<Problem> told = new ArrayList<>(errors());
            told.add(new Problem(
                    told.get(MOST - 1).place(), "there may be more: reading ended after " + MOST + " errors"));
            throw new SweepErrors(told);
        }
    }

    /** An error after which nothing more is to be said of that place: what stands there is not what was meant. */
    void spoil(Place place, String message) {
        error(place, message);
        spoiled.add(place);
    }

    void warning(Place place, String message) {
        warnings.add(new Problem(place, message));
    }

    void addAll(Problems others) {
        others.errors.forEach(problem -> error(problem.place(), problem.message()));
        warnings.addAll(others.warnings);
        spoiled.addAll(others.spoiled);
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    List<Problem> errors() {
        return sorted(errors);
    }

    List<Problem> warnings() {
        return sorted(warnings);
    }

    private static List<Problem> sorted(Set<Problem> problems) {
        return problems.stream().sorted(Comparator.comparing(Problem::place)).toList();
    }

    /** @throws SweepErrors if there is an error */
    void check() {
        if (hasErrors()) {
            throw new SweepErrors(errors());
        }
    }
}
