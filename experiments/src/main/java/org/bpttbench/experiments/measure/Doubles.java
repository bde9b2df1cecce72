package org.bpttbench.experiments.measure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Arrays as the journal keeps them: a Gram matrix in decimal digits would be twice as long and no more readable. */
final class Doubles {
    private Doubles() {}

    /** Little-endian doubles in Base64. */
    static String encode(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** @throws IllegalArgumentException if the text is not that of whole doubles */
    static double[] decode(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() % Double.BYTES != 0) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes are no whole doubles");
        }
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
    }
}
