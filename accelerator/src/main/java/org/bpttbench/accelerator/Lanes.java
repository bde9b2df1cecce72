package org.bpttbench.accelerator;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The widths that follow from the vector registers of this machine. Constants, for the compiler to fold. */
final class Lanes {
    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Doubles in a vector. */
    static final int LENGTH = SPECIES.length();

    /** Columns of a panel: two vectors. */
    static final int WIDTH = 2 * LENGTH;

    /**
     * Rows of a tile of C that is kept in registers, two vectors a row: four where there are 16 registers (AVX2), else
     * eight.
     */
    static final int HEIGHT = LENGTH == 4 ? FourRows.HEIGHT : EightRows.HEIGHT;

    private Lanes() {}
}
