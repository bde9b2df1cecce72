package org.bpttbench.harness.figure;

import java.util.ArrayDeque;
import java.util.Deque;

/** SVG as text, well formed whatever it is given. Colours and fonts are attributes, which the styles of a page override. */
final class Svg {
    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inTag;

    Svg open(String element) {
        closeTag();
        text.append('<').append(element);
        open.push(element);
        inTag = true;
        return this;
    }

    Svg with(String attribute, String value) {
        if (!inTag) {
            throw new IllegalStateException("no element to give " + attribute + " to");
        }
        text.append(' ')
                .append(attribute)
                .append("=\"")
                .append(Characters.escaped(value))
                .append('"');
        return this;
    }

    Svg with(String attribute, double value) {
        return with(attribute, number(value));
    }

    Svg text(String content) {
        closeTag();
        text.append(Characters.escaped(content));
        return this;
    }

    Svg close() {
        String element = open.pop();
        if (inTag) {
            text.append("/>");
            inTag = false;
        } else {
            text.append("</").append(element).append('>');
        }
        return this;
    }

    Svg element(String name, String content) {
        return open(name).text(content).close();
    }

    Svg line(double x1, double y1, double x2, double y2) {
        return open("path").with("d", "M" + number(x1) + ' ' + number(y1) + 'L' + number(x2) + ' ' + number(y2));
    }

    /** What was drawn elsewhere, with its own element around it. */
    Svg raw(String drawn) {
        closeTag();
        text.append(drawn);
        return this;
    }

    /** @throws IllegalStateException if an element is still open */
    String finished() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return text.toString();
    }

    private void closeTag() {
        if (inTag) {
            text.append('>');
            inTag = false;
        }
    }

    /** To a tenth of a pixel. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        String sign = tenths < 0 ? "-" : "";
        long size = Math.abs(tenths);
        return sign + size / 10 + (size % 10 == 0 ? "" : "." + size % 10);
    }
}
