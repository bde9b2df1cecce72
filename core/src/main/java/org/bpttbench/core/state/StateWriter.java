package org.bpttbench.core.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes down a state as a sequence of numbers and texts, in sections with names. Big-endian; grows as needed. */
public final class StateWriter {
    /** Precedes the name of a section, so that a number is hardly ever taken for one. */
    static final int SECTION = 0x53656374;

    private final long most;
    private ByteBuffer buffer = ByteBuffer.allocate(1024);

    /** As long as Java has arrays. */
    public StateWriter() {
        this(Integer.MAX_VALUE - 8L);
    }

    /** @param most bytes; what needs more ends in a {@link StateTooLargeException} before the memory for it is asked for */
    public StateWriter(long most) {
        this.most = Math.min(most, Integer.MAX_VALUE - 8L);
    }

    /** Begins a part that a reader must ask for by the same name. */
    public void section(String name) {
        putInt(SECTION);
        putText(name);
    }

    public void putLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    public void putInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    public void putBoolean(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
    }

    /** All bits of it, those of a NaN too. */
    public void putDouble(double value) {
        putLong(Double.doubleToRawLongBits(value));
    }

    public void putText(String text) {
        putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public void putBytes(byte[] bytes) {
        putInt(bytes.length);
        room(bytes.length).put(bytes);
    }

    public void putDoubles(double... values) {
        putDoubles(values, 0, values.length);
    }

    /** Some of an array, and how many. */
    public void putDoubles(double[] values, int from, int count) {
        putInt(count);
        ByteBuffer to = room((long) count * Double.BYTES);
        for (int i = from; i < from + count; i++) {
            to.putLong(Double.doubleToRawLongBits(values[i]));
        }
    }

    public void putLongs(long... values) {
        putInt(values.length);
        ByteBuffer to = room((long) values.length * Long.BYTES);
        for (long value : values) {
            to.putLong(value);
        }
    }

    public void putInts(int... values) {
        putInts(values, 0, values.length);
    }

    /** Some of an array, and how many. */
    public void putInts(int[] values, int from, int count) {
        putInt(count);
        ByteBuffer to = room((long) count * Integer.BYTES);
        for (int i = from; i < from + count; i++) {
            to.putInt(values[i]);
        }
    }

    public void putBooleans(boolean... values) {
        putBooleans(values, 0, values.length);
    }

    /** Some of an array, and how many. */
    public void putBooleans(boolean[] values, int from, int count) {
        putInt(count);
        ByteBuffer to = room(count);
        for (int i = from; i < from + count; i++) {
            to.put((byte) (values[i] ? 1 : 0));
        }
    }

    /** A copy of all that was put. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private ByteBuffer room(long bytes) {
        if (buffer.remaining() < bytes) {
            long needed = buffer.position() + bytes;
            if (needed > most) {
                throw new StateTooLargeException("a state of more than " + most + " bytes");
            }
            long doubled = Math.min(most, 2L * buffer.capacity());
            buffer = ByteBuffer.allocate((int) Math.max(needed, doubled)).put(buffer.flip());
        }
        return buffer;
    }
}
