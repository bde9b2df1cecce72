package org.bpttbench.harness.page;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bpttbench.harness.figure.Characters;

/** HTML as text: whatever is put in as text or as an attribute stays text. */
final class Html {
    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** @param attributes names and values in turn */
    Html open(String element, String... attributes) {
        tag(element, attributes);
        open.push(element);
        return this;
    }

    /** An element that has no content, as {@code input}. */
    Html single(String element, String... attributes) {
        tag(element, attributes);
        return this;
    }

    private void tag(String element, String... attributes) {
        text.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(Characters.escaped(attributes[i + 1]))
                    .append('"');
        }
        text.append('>');
    }

    Html text(String content) {
        text.append(Characters.escaped(content));
        return this;
    }

    Html close() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element with nothing but text in it. */
    Html element(String element, String content, String... attributes) {
        return open(element, attributes).text(content).close();
    }

    Html line() {
        text.append('\n');
        return this;
    }

    /** Markup that was made elsewhere, of escaped text. */
    Html raw(String markup) {
        text.append(markup);
        return this;
    }

    /** @throws IllegalStateException if an element is still open */
    String finished() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return text.toString();
    }
}
