package org.bpttbench.harness.cli;

import java.util.Locale;
import org.bpttbench.core.gradient.CreditMatrix;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Seeds;

/** A truncation's credit matrix as text: one draw, and for a random one the mean of many. */
final class CreditDrawing {
    private static final int DRAWS = 100_000;

    private CreditDrawing() {}

    static String of(Truncation truncation, int steps, long seed) {
        Coin coin = Coin.of(Seeds.of(seed).at("show").generator());
        StringBuilder text = new StringBuilder();
        text.append("W[t,s], the weight with which the loss of step s reaches step t:\n");
        matrix(text, CreditMatrix.of(truncation, steps, coin));
        if (truncation.traits().random()) {
            double[][] mean = new double[steps][steps];
            for (int draw = 0; draw < DRAWS; draw++) {
                double[][] credit = CreditMatrix.of(truncation, steps, coin);
                for (int t = 0; t < steps; t++) {
                    for (int s = 0; s < steps; s++) {
                        mean[t][s] += credit[t][s] / DRAWS;
                    }
                }
            }
            text.append("\nmean of ")
                    .append(DRAWS)
                    .append(" draws (unbiased where it is 1 on and above the diagonal):\n");
            matrix(text, mean);
        }
        return text.toString();
    }

    private static void matrix(StringBuilder text, double[][] credit) {
        text.append(" t\\s");
        for (int s = 0; s < credit.length; s++) {
            text.append(String.format(Locale.ROOT, "%6d", s + 1));
        }
        text.append('\n');
        for (int t = 0; t < credit.length; t++) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%4d", t + 1));
            for (int s = 0; s < credit.length; s++) {
                line.append(s < t ? "      " : cell(credit[t][s]));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static String cell(double weight) {
        if (weight == 0) {
            return "     ·";
        }
        return weight == 1 ? "     1" : String.format(Locale.ROOT, "%6.2f", weight);
    }
}
