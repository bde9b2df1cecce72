package org.bpttbench.accelerator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bpttbench.core.kernel.Backends;

/** A hash of the bits that a backend gives in this JVM, for comparison with other JVMs. */
final class Digest {
    /** Enough that the later cases run compiled. */
    private static final int CASES = 400;

    private Digest() {}

    static String of(String backend) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Cases cases = new Cases(Backends.find(backend), result -> update(digest, result));
            for (int seed = 0; seed < CASES; seed++) {
                cases.run(seed);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void update(MessageDigest digest, double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
        for (double value : values) {
            bytes.putLong(Double.doubleToLongBits(value)); // all NaNs are one
        }
        digest.update(bytes.array());
    }

    /** Prints the doubles in a vector and the hash. */
    public static void main(String[] args) {
        byte[] line = (Lanes.LENGTH + " " + of("vector") + '\n').getBytes(StandardCharsets.US_ASCII);
        System.out.write(line, 0, line.length);
        System.out.flush();
    }
}
