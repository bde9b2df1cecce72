package org.bpttbench.experiments.data;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** 1,797 handwritten digits of 8×8 pixels: Alpaydin &amp; Kaynak 1998, Optical Recognition of Handwritten Digits. */
public final class Digits {
    /** Pixels of an image. */
    public static final int PIXELS = 64;

    /** The darkest pixel; the lightest is 0. */
    public static final int DARKEST = 16;

    private Digits() {}

    /** Images, each its pixels row by row and then its digit; not to be modified. */
    public static int[][] images() {
        return Loaded.IMAGES;
    }

    /** SHA-256 of the file as it is when unpacked, in hex. */
    public static String hash() {
        return Loaded.HASH;
    }

    /** Read when first asked for. */
    private static final class Loaded {
        static final int[][] IMAGES;
        static final String HASH;

        static {
            byte[] content = DataFiles.unpacked("optdigits.csv.gz");
            HASH = DataFiles.hash(content);
            IMAGES = new String(content, StandardCharsets.US_ASCII)
                    .lines()
                    .map(Loaded::image)
                    .toArray(int[][]::new);
        }

        private static int[] image(String line) {
            return List.of(line.split(",")).stream().mapToInt(Integer::parseInt).toArray();
        }
    }
}
