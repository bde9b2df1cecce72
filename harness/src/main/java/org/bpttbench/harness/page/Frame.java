package org.bpttbench.harness.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.bpttbench.harness.figure.Characters;

/** What stands around the content of every page. It holds all that it needs, and its policy forbids the browser any request. */
final class Frame {
    private Frame() {}

    /**
     * @param title plain text
     * @param body markup
     */
    static String page(String title, String body) {
        String style = resource("page.css");
        String script = resource("page.js");
        String policy = "default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script)
                + "'; img-src data:; base-uri 'none'; form-action 'none'";
        return filled(
                resource("page.html"),
                Map.of(
                        "policy",
                        policy,
                        "title",
                        Characters.escaped(title + " - bptt-bench"),
                        "style",
                        style,
                        "script",
                        script,
                        "body",
                        body));
    }

    /** One pass, so that what is filled in is never looked into. */
    private static String filled(String template, Map<String, String> parts) {
        StringBuilder page = new StringBuilder();
        int done = 0;
        for (int start = template.indexOf("{{"); start >= 0; start = template.indexOf("{{", done)) {
            int end = template.indexOf("}}", start);
            String part = parts.get(template.substring(start + 2, end));
            page.append(template, done, start).append(Objects.requireNonNull(part));
            done = end + 2;
        }
        return page.append(template, done, template.length()).toString();
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Frame.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }
}
