package org.bpttbench.experiments.task;

/**
 * Count models of a text, to compare networks with. With n(·) the counts of the training text, N its length and V symbols:
 *
 * <pre>unigram  p₁(c) = (n(c) + 1) / (N + V)        bigram  p₂(c | b) = (n(bc) + t(b)·p₁(c)) / (n(b·) + t(b))</pre>
 *
 * <p>t(b) is how many different symbols follow b: the interpolation of Witten &amp; Bell 1991, which needs no constant to
 * be tuned; where b was never followed by anything p₂ = p₁.
 */
final class CharacterCounts {
    private final int symbols;
    private final int[] single;
    private final long length;
    private final int[][] pairs;
    private final int[] followed;
    private final int[] kinds;

    /**
     * @param train symbols, not modified
     * @param symbols V
     */
    CharacterCounts(int[] train, int symbols) {
        this.symbols = symbols;
        this.length = train.length;
        this.single = new int[symbols];
        this.pairs = new int[symbols][0];
        this.followed = new int[symbols];
        this.kinds = new int[symbols];
        for (int i = 0; i < train.length; i++) {
            single[train[i]]++;
            if (i > 0) {
                count(train[i - 1], train[i]);
            }
        }
    }

    private void count(int before, int symbol) {
        if (pairs[before].length == 0) {
            pairs[before] = new int[symbols];
        }
        followed[before]++;
        if (pairs[before][symbol]++ == 0) {
            kinds[before]++;
        }
    }

    double unigram(int symbol) {
        return (single[symbol] + 1.0) / (length + symbols);
    }

    double bigram(int before, int symbol) {
        double alone = unigram(symbol);
        if (followed[before] == 0) {
            return alone;
        }
        return (pairs[before][symbol] + kinds[before] * alone) / (followed[before] + kinds[before]);
    }

    /** Bits per character of the unigram on every character but the first. */
    double unigramBits(int[] text) {
        double nats = 0;
        for (int i = 1; i < text.length; i++) {
            nats -= StrictMath.log(unigram(text[i]));
        }
        return nats / (text.length - 1) / BitsPerCharacter.LN2;
    }

    /** Bits per character of the bigram on every character but the first. */
    double bigramBits(int[] text) {
        double nats = 0;
        for (int i = 1; i < text.length; i++) {
            nats -= StrictMath.log(bigram(text[i - 1], text[i]));
        }
        return nats / (text.length - 1) / BitsPerCharacter.LN2;
    }
}
