package org.bpttbench.experiments.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.experiments.spec.Json;

/**
 * Where a run was, as a file has it: a line of JSON that says whose it is, the state, and the SHA-256 of both.
 *
 * @param run id
 * @param fingerprint of the code that saved it, which alone can read it
 * @param step of training, for whoever looks at the file
 * @param state as {@link Execution#save} writes it
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: nobody compares two
record Checkpoint(String run, String fingerprint, long step, byte[] state) {
    private static final String TYPE = "checkpoint";
    private static final long VERSION = 1;
    private static final int HASH = 32;
    static final int LONGEST_HEADER = 1024;

    byte[] toBytes() {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("type", TYPE);
        header.put("version", VERSION);
        header.put("run", run);
        header.put("fingerprint", fingerprint);
        header.put("step", step);
        header.put("bytes", (long) state.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(state.length + LONGEST_HEADER);
        bytes.writeBytes((Json.write(header) + '\n').getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(state);
        bytes.writeBytes(hash(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException with the reason, if they are not a whole checkpoint of this version */
    static Checkpoint of(byte[] bytes) {
        int line = firstLine(bytes);
        if (bytes.length < line + 1 + HASH || bytes[line] != '\n') {
            throw new IllegalArgumentException("it is not a whole checkpoint");
        }
        int end = bytes.length - HASH;
        if (!Arrays.equals(hash(bytes, end), 0, HASH, bytes, end, bytes.length)) {
            throw new IllegalArgumentException("it is damaged: its checksum does not match");
        }
        Arguments header = header(new String(bytes, 0, line, StandardCharsets.UTF_8));
        if (!header.text("type").equals(TYPE) || header.whole("version") != VERSION) {
            throw new IllegalArgumentException("it is not a checkpoint of version " + VERSION);
        }
        return new Checkpoint(
                header.text("run"),
                header.text("fingerprint"),
                header.whole("step"),
                Arrays.copyOfRange(bytes, line + 1, end));
    }

    /** Its end, or that of what may be one. */
    private static int firstLine(byte[] bytes) {
        int line = 0;
        while (line < Math.min(bytes.length, LONGEST_HEADER) && bytes[line] != '\n') {
            line++;
        }
        return line;
    }

    /**
     * What the first line says, of whatever version, unchecked.
     *
     * @param bytes the first of the file, as many as there are up to {@link #LONGEST_HEADER}
     * @throws IllegalArgumentException if it is none
     */
    static Arguments header(byte[] bytes) {
        return header(new String(bytes, 0, firstLine(bytes), StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked") // JSON maps have text keys
    private static Arguments header(String line) {
        if (Json.read(line) instanceof Map<?, ?> map) {
            return new Arguments((Map<String, ?>) map);
        }
        throw new IllegalArgumentException("its first line is not a map");
    }

    private static byte[] hash(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
