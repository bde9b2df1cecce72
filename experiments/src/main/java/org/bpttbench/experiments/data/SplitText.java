package org.bpttbench.experiments.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A text in three contiguous parts, as symbols of the vocabulary of its training part. Characters are Unicode code points.
 * Immutable.
 */
public final class SplitText {
    private static final int TRAIN_PERCENT = 90;
    private static final int TRAIN_AND_VALID_PERCENT = 95;

    private final Vocabulary vocabulary;
    private final int[] train;
    private final int[] valid;
    private final int[] test;
    private final String hash;

    /** @param train characters, taken over and replaced by symbols, as are the others */
    private SplitText(int[] train, int[] valid, int[] test) {
        requirePairs("training", train);
        requirePairs("validation", valid);
        requirePairs("test", test);
        this.hash = hash(train, valid, test);
        this.vocabulary = Vocabulary.of(train);
        vocabulary.encode(train);
        vocabulary.encode(valid);
        vocabulary.encode(test);
        this.train = train;
        this.valid = valid;
        this.test = test;
    }

    /**
     * Of n characters the first ⌊0.9·n⌋ are for training, those from there to ⌊0.95·n⌋ for validation, the rest for test.
     *
     * @throws IllegalArgumentException if a part has fewer than two characters
     */
    public static SplitText of(String text) {
        return split(text.codePoints().toArray());
    }

    /**
     * Splits the beginning of a text.
     *
     * @param characters how many are taken
     * @throws IllegalArgumentException if the text has fewer, or a part has fewer than two
     */
    public static SplitText of(String text, long characters) {
        int[] all = text.codePoints().toArray();
        if (characters > all.length) {
            throw new IllegalArgumentException(
                    "characters is " + characters + ", but the text has only " + all.length + " of them");
        }
        return split(Arrays.copyOf(all, Math.toIntExact(characters)));
    }

    /**
     * Takes parts that were split before.
     *
     * @throws IllegalArgumentException if one has fewer than two characters
     */
    public static SplitText of(String train, String valid, String test) {
        return new SplitText(
                train.codePoints().toArray(),
                valid.codePoints().toArray(),
                test.codePoints().toArray());
    }

    private static SplitText split(int[] text) {
        int validFrom = (int) ((long) text.length * TRAIN_PERCENT / 100);
        int testFrom = (int) ((long) text.length * TRAIN_AND_VALID_PERCENT / 100);
        return new SplitText(
                Arrays.copyOfRange(text, 0, validFrom),
                Arrays.copyOfRange(text, validFrom, testFrom),
                Arrays.copyOfRange(text, testFrom, text.length));
    }

    private static void requirePairs(String part, int[] text) {
        if (text.length < 2) {
            throw new IllegalArgumentException("the " + part + " part of the text has " + text.length
                    + " characters; it takes 2 to predict one from the other");
        }
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Symbols, not to be modified. */
    public int[] train() {
        return train;
    }

    /** Symbols, not to be modified. */
    public int[] valid() {
        return valid;
    }

    /** Symbols, not to be modified. */
    public int[] test() {
        return test;
    }

    /**
     * SHA-256, in hex, of the three parts in the order training, validation, test: of each its number of UTF-8 bytes in
     * decimal, a line feed, and the bytes.
     */
    public String hash() {
        return hash;
    }

    private static String hash(int[]... parts) {
        MessageDigest digest = sha256();
        for (int[] part : parts) {
            byte[] bytes = new String(part, 0, part.length).getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + "\n").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
