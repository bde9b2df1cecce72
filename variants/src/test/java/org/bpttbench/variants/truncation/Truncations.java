package org.bpttbench.variants.truncation;

import java.util.stream.Stream;
import org.bpttbench.core.gradient.Truncation;
import org.bpttbench.core.tape.Memory;

/** Lists of truncations: windows that do and do not divide a sequence, every law under both kinds of cuts. */
final class Truncations {
    private Truncations() {}

    static Stream<Truncation> all() {
        return Stream.concat(fixed(), Stream.concat(random(true), random(false)));
    }

    /** Without chance. */
    static Stream<Truncation> fixed() {
        return Stream.of(
                new Full(),
                new Full(Memory.SQRT),
                new Tbptt(1, 0),
                new Tbptt(4, 0),
                new Tbptt(5, 0),
                new Tbptt(1, 3),
                new Tbptt(3, 1),
                new Tbptt(3, 5),
                new Tbptt(4, 100));
    }

    /** With every law, lanes cut together or each on its own. */
    static Stream<Truncation> random(boolean shared) {
        return laws().flatMap(law -> {
            Cuts cuts = new Cuts(3, law, shared);
            return Stream.of(new Artbp(cuts), new Uncompensated(cuts));
        });
    }

    /** With every law, each lane on its own, flushed. */
    static Stream<Truncation> flushed(int flush) {
        return laws().map(law -> new Cuts(3, law, false).flushedEvery(flush))
                .flatMap(cuts -> Stream.of(new Artbp(cuts), new Uncompensated(cuts)));
    }

    static Stream<CutLaw> laws() {
        return Stream.of(new ConstantLaw(3), new PolynomialLaw(4, 3), new PolynomialLaw(6, 2.5));
    }
}
