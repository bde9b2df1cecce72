package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.bpttbench.harness.inference.Holm;

/**
 * One quantity of two settings, compared and judged.
 *
 * @param pHolm p adjusted for all pairs and checkpoints of the comparison with a test of the quantity
 * @param reason a word with hyphens; empty unless undecided
 */
public record Compared(
        SettingPair pair, Quantity quantity, Contrast contrast, OptionalDouble pHolm, Word verdict, String reason) {

    /** What can be said of the candidate. */
    public enum Word {
        BETTER,
        WORSE,
        /** Not a bit of a difference. */
        SAME,
        UNDECIDED;

        /** As written in CSV files. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The differences are such as chance makes. */
    static final String CHANCE = "chance";

    /** Of a place neither end is better. */
    public static final String NO_DIRECTION = "no-direction";

    static Compared draft(SettingPair pair, Quantity quantity, Contrast contrast) {
        Contrast tested = contrast.same() ? contrast.untested() : contrast;
        return new Compared(pair, quantity, tested, OptionalDouble.empty(), Word.UNDECIDED, "");
    }

    /** In their order; every quantity is a family of its own. */
    static List<Compared> judged(List<Compared> drafts) {
        Map<String, List<Integer>> families = new HashMap<>();
        for (int i = 0; i < drafts.size(); i++) {
            families.computeIfAbsent(drafts.get(i).quantity.family(), family -> new ArrayList<>())
                    .add(i);
        }
        List<Compared> judged = new ArrayList<>(drafts);
        families.values().forEach(rows -> {
            List<Contrast> contrasts =
                    rows.stream().map(row -> drafts.get(row).contrast).toList();
            double[] adjusted = Holm.adjust(contrasts.stream()
                    .mapToDouble(each -> each.pValue().orElse(Double.NaN))
                    .toArray());
            double least = least(contrasts);
            for (int i = 0; i < adjusted.length; i++) {
                judged.set(rows.get(i), drafts.get(rows.get(i)).judged(adjusted[i], least));
            }
        });
        return judged;
    }

    /** The least adjusted p that so many tests of so many replicates can give. */
    private static double least(List<Contrast> family) {
        double tests = family.stream().filter(each -> each.pValue().isPresent()).count();
        return tests
                * family.stream()
                        .filter(each -> each.pValue().isPresent())
                        .mapToDouble(Contrast::smallestP)
                        .min()
                        .orElse(0);
    }

    private Compared judged(double adjusted, double least) {
        OptionalDouble p = Double.isNaN(adjusted) ? OptionalDouble.empty() : OptionalDouble.of(adjusted);
        boolean open = Math.max(least, contrast.smallestP()) >= Difference.SIGNIFICANCE;
        if (contrast.same()) {
            return with(p, Word.SAME, "");
        }
        if (quantity.better() == Quantity.Better.NEITHER) {
            return with(p, Word.UNDECIDED, NO_DIRECTION);
        }
        if (contrast.chance() == Contrast.Chance.NONE) {
            return with(p, direction(), "");
        }
        if (p.isEmpty()) {
            return with(p, Word.UNDECIDED, contrast.notes().isEmpty() ? CHANCE : last(contrast.notes()));
        }
        if (p.getAsDouble() < Difference.SIGNIFICANCE && contrast.sign() != 0) {
            return with(p, direction(), "");
        }
        return with(p, Word.UNDECIDED, open ? Contrast.TOO_FEW : CHANCE);
    }

    private static String last(List<String> words) {
        return words.get(words.size() - 1);
    }

    private Word direction() {
        boolean lower = contrast.sign() < 0;
        return lower == (quantity.better() == Quantity.Better.LOWER) ? Word.BETTER : Word.WORSE;
    }

    private Compared with(OptionalDouble p, Word word, String why) {
        return new Compared(pair, quantity, contrast, p, word, why);
    }
}
