package org.bpttbench.experiments.data;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The symbols of a character model: the distinct characters (Unicode code points) of a text in ascending order, then one
 * symbol, always there, for every other character. Immutable.
 */
public final class Vocabulary {
    private final int[] characters;

    private Vocabulary(int[] characters) {
        this.characters = characters;
    }

    static Vocabulary of(int[] text) {
        BitSet seen = new BitSet(Character.MAX_CODE_POINT + 1);
        for (int character : text) {
            seen.set(character);
        }
        return new Vocabulary(seen.stream().toArray());
    }

    /** Number of symbols, the unknown one among them. */
    public int size() {
        return characters.length + 1;
    }

    /** The symbol of characters that are not in the vocabulary: the last. */
    public int unknown() {
        return characters.length;
    }

    /** The symbol of a character. */
    public int symbol(int character) {
        int at = Arrays.binarySearch(characters, character);
        return at >= 0 ? at : unknown();
    }

    /** Replaces characters by their symbols. */
    void encode(int[] text) {
        for (int i = 0; i < text.length; i++) {
            text[i] = symbol(text[i]);
        }
    }
}
