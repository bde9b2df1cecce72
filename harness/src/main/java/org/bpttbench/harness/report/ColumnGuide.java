package org.bpttbench.harness.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/**
 * What {@code docs/statistics.md} says of the columns. In that document
 *
 * <ul>
 *   <li>a heading of the third level that is a file's name in backticks begins the columns of that file, and {@code ###
 *       Every file} those that all begin with;
 *   <li>a heading of the fourth level names, in backticks, the columns that its section is about;
 *   <li>a list item in such a section that begins with words in backticks and a colon explains those words, which are what
 *       the column may hold;
 *   <li>the list below {@code ## Symbols} has the formulas' symbols.
 * </ul>
 *
 * <p>Immutable, but for the syntax tree, which nobody is handed.
 */
public final class ColumnGuide {
    /** Stands for the file of columns that all files begin with. */
    public static final String EVERY_FILE = "Every file";

    private static final String SYMBOLS = "Symbols";
    private static final int FILE = 3;
    private static final int COLUMN = 4;

    private final Map<String, Map<String, List<Node>>> sections = new LinkedHashMap<>();
    private final List<Word> words = new ArrayList<>();
    private final List<Symbol> symbols = new ArrayList<>();

    /**
     * A value that a column of text may hold.
     *
     * @param file of the column
     * @param column that may hold it
     * @param word the value
     * @param text what it means, plain and unwrapped
     */
    public record Word(String file, String column, String word, String text) {}

    /** With the pattern that finds it in a text, so that the b of "biased" is none. */
    private record Symbol(Pattern pattern, Node item) {}

    private ColumnGuide(Node document) {
        String chapter = "";
        String file = "";
        List<String> columns = List.of();
        for (Node block : PlainText.children(document)) {
            if (block instanceof Heading heading) {
                chapter = heading.getLevel() < FILE ? PlainText.inline(heading) : chapter;
                file = heading.getLevel() == COLUMN ? file : heading.getLevel() == FILE ? file(heading) : "";
                columns = heading.getLevel() == COLUMN && !file.isEmpty() ? codes(heading) : List.of();
                for (String column : columns) {
                    open(file, column);
                }
            } else {
                for (String column : columns) {
                    section(file, column).add(block);
                    read(file, column, block);
                }
                if (chapter.equals(SYMBOLS) && block instanceof BulletList) {
                    eachItem(
                            block, (names, item) -> names.forEach(name -> symbols.add(new Symbol(symbol(name), item))));
                }
            }
        }
    }

    /** As packed with the program. */
    public static ColumnGuide bundled() {
        try (InputStream resource = ColumnGuide.class.getResourceAsStream("statistics.md")) {
            if (resource == null) {
                throw new IllegalStateException("statistics.md is missing from the jar");
            }
            return of(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("reading statistics.md", e);
        }
    }

    static ColumnGuide of(String markdown) {
        return new ColumnGuide(Parser.builder().build().parse(markdown));
    }

    /** The files with sections, in the document's order. */
    Set<String> files() {
        return sections.keySet();
    }

    /** The columns of a file with sections, in the document's order. */
    Set<String> columns(String file) {
        return sections.getOrDefault(file, Map.of()).keySet();
    }

    /** What columns may hold, in the document's order. */
    public List<Word> words() {
        return List.copyOf(words);
    }

    /** Lines of a column's section; none if it has no section. */
    public List<String> section(String file, String column, int width) {
        return PlainText.lines(sections.getOrDefault(file, Map.of()).getOrDefault(column, List.of()), width);
    }

    /** Lines that say what the symbols in a text stand for, and the symbols in what is said, in the document's order. */
    public List<String> symbols(List<String> text, int width) {
        Set<Node> found = new HashSet<>();
        find(String.join("\n", text), found);
        return symbols.stream()
                .map(Symbol::item)
                .distinct()
                .filter(found::contains)
                .flatMap(item -> hanging(PlainText.lines(PlainText.children(item), width - 2)))
                .toList();
    }

    private void find(String text, Set<Node> found) {
        for (Symbol symbol : symbols) {
            if (symbol.pattern().matcher(text).find() && found.add(symbol.item())) {
                find(text(symbol.item()), found);
            }
        }
    }

    private static Stream<String> hanging(List<String> lines) {
        return Stream.concat(lines.stream().limit(1), lines.stream().skip(1).map(line -> "  " + line));
    }

    private static String file(Heading heading) {
        String name = PlainText.inline(heading);
        return name.equals(EVERY_FILE) ? name : String.join("", codes(heading));
    }

    private void open(String file, String column) {
        if (sections.computeIfAbsent(file, key -> new LinkedHashMap<>()).put(column, new ArrayList<>()) != null) {
            throw new IllegalArgumentException("statistics.md has two sections on " + column + " of " + file);
        }
    }

    private List<Node> section(String file, String column) {
        return sections.getOrDefault(file, Map.of()).getOrDefault(column, List.of());
    }

    private void read(String file, String column, Node block) {
        if (block instanceof BulletList) {
            eachItem(
                    block, (names, item) -> names.forEach(name -> words.add(new Word(file, column, name, text(item)))));
        }
    }

    private static String text(Node item) {
        return String.join(" ", PlainText.lines(PlainText.children(item), Integer.MAX_VALUE));
    }

    /** Of items that begin with code and a colon: what is in code before the colon, and the item. */
    private static void eachItem(Node list, BiConsumer<List<String>, Node> each) {
        for (Node item : PlainText.children(list)) {
            Node paragraph = item.getFirstChild();
            List<String> names = new ArrayList<>();
            for (Node part : paragraph == null ? List.<Node>of() : PlainText.children(paragraph)) {
                String text = PlainText.inline(part);
                if (part instanceof Code) {
                    names.add(text);
                } else if (text.startsWith(":")) {
                    each.accept(names, item);
                    break;
                } else if (!text.equals(", ")) {
                    break;
                }
            }
        }
    }

    private static List<String> codes(Node node) {
        return PlainText.children(node).stream()
                .flatMap(child -> child instanceof Code code ? Stream.of(code.getLiteral()) : Stream.empty())
                .toList();
    }

    private static Pattern symbol(String name) {
        return Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}_])" + Pattern.quote(name) + "(?![\\p{L}\\p{M}\\p{N}])");
    }
}
