package org.bpttbench.harness.figure;

/** Characters that have no business in a page. */
public final class Characters {
    /** Stands for them. */
    public static final int REPLACEMENT = 0xFFFD;

    private Characters() {}

    /**
     * Neither a control character other than a tab and line breaks, nor half a pair of surrogates, nor no character at all,
     * nor one that turns the direction of writing and so could make a text read as another.
     */
    public static boolean isHarmless(int point) {
        if (point == '\t' || point == '\n' || point == '\r') {
            return true;
        }
        boolean control = Character.isISOControl(point);
        boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
        boolean none = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
        boolean turning = (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || point == 0x200E
                || point == 0x200F
                || point == 0x061C;
        return !control && !surrogate && !none && !turning;
    }

    /** For XML and HTML, in text and in attributes; what is not harmless is replaced. */
    public static String escaped(String content) {
        StringBuilder safe = new StringBuilder();
        content.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isHarmless(point) ? point : REPLACEMENT);
            }
        });
        return safe.toString();
    }
}
