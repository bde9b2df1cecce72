package org.bpttbench.experiments.spec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns the bytes of a sweep file into text, or says where they are none. */
final class Source {
    /** Far above any sweep; bounds the memory that a hostile file can ask for. */
    static final int MAX_BYTES = 1 << 20;

    private Source() {}

    /** @throws SweepErrors if the bytes are too many, not UTF-8 or hold control characters */
    static String decode(String file, byte[] bytes, Problems problems) {
        if (bytes.length > MAX_BYTES) {
            problems.error(new Place(file, 1, 1), "the file has more than " + MAX_BYTES + " bytes: no sweep file does");
            problems.check();
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer decoded = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), decoded, true);
        String text = decoded.flip().toString();
        if (result.isError()) {
            problems.error(end(file, text), "not UTF-8 text");
            problems.check();
        }
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        refuseControls(file, plain, problems);
        return plain;
    }

    private static void refuseControls(String file, String text, Problems problems) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isRefused(c)) {
                problems.error(end(file, text.substring(0, i)), refusal(c));
            }
        }
        problems.check();
    }

    static boolean isRefused(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t' && c != '\u0085';
    }

    static String refusal(int c) {
        return String.format("control character U+%04X in the text", c);
    }

    /** The place just after a text. */
    private static Place end(String file, String before) {
        String[] lines = before.split("\r\n|[\r\n\u0085\u2028\u2029]", -1);
        String last = lines[lines.length - 1];
        return new Place(file, lines.length, last.codePointCount(0, last.length()) + 1);
    }
}
