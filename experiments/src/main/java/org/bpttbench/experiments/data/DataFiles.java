package org.bpttbench.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** Small data files that come with the build; the DATA.md beside them says whose they are. */
final class DataFiles {
    private DataFiles() {}

    /** What a gzip file beside this class unpacks to. */
    static byte[] unpacked(String name) {
        try (InputStream file = DataFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the build lacks its data file " + name);
            }
            try (GZIPInputStream content = new GZIPInputStream(file)) {
                return content.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data file " + name + " cannot be read", e);
        }
    }

    /** SHA-256, in hex. */
    static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
