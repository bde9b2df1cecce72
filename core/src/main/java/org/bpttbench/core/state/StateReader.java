package org.bpttbench.core.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads back what a {@link StateWriter} took down, in the same order.
 *
 * <p>Every method throws {@link StateMismatchException} where something else was written, as far as that can be seen: by
 * names of sections, by counts, and by the end of the state.
 */
public final class StateReader {
    private final ByteBuffer bytes;

    /** @param bytes not modified */
    public StateReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Enters the section that was begun by this name. */
    public void section(String name) {
        int mark = readInt();
        String found = mark == StateWriter.SECTION ? readText() : "something else";
        if (!found.equals(name)) {
            throw new StateMismatchException(
                    "the state of '" + name + "' is expected where that of '" + found + "' is");
        }
    }

    public long readLong() {
        try {
            return bytes.getLong();
        } catch (BufferUnderflowException e) {
            throw ended();
        }
    }

    public int readInt() {
        try {
            return bytes.getInt();
        } catch (BufferUnderflowException e) {
            throw ended();
        }
    }

    public boolean readBoolean() {
        try {
            return bytes.get() != 0;
        } catch (BufferUnderflowException e) {
            throw ended();
        }
    }

    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    public String readText() {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    public byte[] readBytes() {
        byte[] read = new byte[count(1)];
        bytes.get(read);
        return read;
    }

    /** A new array of as many as were put. */
    public double[] readDoubles() {
        double[] into = new double[count(Double.BYTES)];
        for (int i = 0; i < into.length; i++) {
            into[i] = readDouble();
        }
        return into;
    }

    public void readDoubles(double... into) {
        readDoubles(into, 0, into.length);
    }

    /** Into a part of an array; just as many must have been put. */
    public void readDoubles(double[] into, int from, int count) {
        expect(count);
        for (int i = from; i < from + count; i++) {
            into[i] = readDouble();
        }
    }

    public void readLongs(long... into) {
        expect(into.length);
        for (int i = 0; i < into.length; i++) {
            into[i] = readLong();
        }
    }

    /** A new array of as many as were put. */
    public int[] readInts() {
        int[] into = new int[count(Integer.BYTES)];
        for (int i = 0; i < into.length; i++) {
            into[i] = readInt();
        }
        return into;
    }

    public void readInts(int... into) {
        readInts(into, 0, into.length);
    }

    /** Into a part of an array; just as many must have been put. */
    public void readInts(int[] into, int from, int count) {
        expect(count);
        for (int i = from; i < from + count; i++) {
            into[i] = readInt();
        }
    }

    public void readBooleans(boolean... into) {
        readBooleans(into, 0, into.length);
    }

    /** Into a part of an array; just as many must have been put. */
    public void readBooleans(boolean[] into, int from, int count) {
        expect(count);
        for (int i = from; i < from + count; i++) {
            into[i] = readBoolean();
        }
    }

    /** To be called when all is read. */
    public void end() {
        if (bytes.hasRemaining()) {
            throw new StateMismatchException(bytes.remaining() + " bytes are left over");
        }
    }

    private int count(int bytesEach) {
        int count = readInt();
        if (count < 0 || (long) count * bytesEach > bytes.remaining()) {
            throw ended();
        }
        return count;
    }

    private void expect(int count) {
        int found = readInt();
        if (found != count) {
            throw new StateMismatchException(found + " numbers are there where " + count + " are expected");
        }
    }

    private static StateMismatchException ended() {
        return new StateMismatchException("the state ends too early");
    }
}
