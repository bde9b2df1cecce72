package org.bpttbench.experiments.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Spelling {
    private Spelling() {}

    /** The known name nearest to a written one, if it is near enough to be meant; of equals the first. */
    static Optional<String> nearest(String written, Collection<String> known) {
        return near(written, known).stream().findFirst();
    }

    /** The known names near enough to be meant, the nearest first. */
    public static List<String> near(String written, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(written, name) <= limit(written))
                .sorted(Comparator.comparingInt(name -> distance(written, name)))
                .toList();
    }

    private static int limit(String written) {
        return 1 + written.length() / 4;
    }

    /** A question to add to a message, empty if no name is near. */
    static String question(String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }

    /** Insertions, deletions, substitutions and swaps of neighbours that turn one into the other. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, d);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] d) {
        int substitution = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(substitution, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
