package org.bpttbench.core.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Names for random streams. A seed is the hash of a root number and a path of names ({@code replicate/3/task}); it never
 * depends on how many streams were opened before, on threads, or on the order of calls. Immutable.
 *
 * <p>The state of a stream's xoshiro256++ generator is the SHA-256 of the path in UTF-8, read as four big-endian longs.
 */
public final class Seeds {
    private static final int STATE_LONGS = 4;

    private final String path;

    private Seeds(String path) {
        this.path = path;
    }

    public static Seeds of(long root) {
        return new Seeds(Long.toString(root));
    }

    /**
     * The seeds below one more name; {@code at("replicate").at(3)} is {@code root/replicate/3}.
     *
     * @param name what tells this stream from its siblings, as its {@code toString} writes it
     * @throws IllegalArgumentException if the name is empty or has a slash: two paths could then read the same
     */
    public Seeds at(Object name) {
        String written = name.toString();
        if (written.isEmpty() || written.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "a stream's name must not be empty or contain '/', but below " + path + " came '" + written + "'");
        }
        return new Seeds(path + '/' + written);
    }

    /** A generator at the start of this path's stream; its state can be saved. */
    public RestorableUniformRandomProvider generator() {
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(path.getBytes(StandardCharsets.UTF_8)));
        long[] state = new long[STATE_LONGS];
        hash.asLongBuffer().get(state);
        return RandomSource.XO_SHI_RO_256_PP.create(state);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
