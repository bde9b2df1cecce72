package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** Markdown for a terminal: paragraphs wrapped, marks taken off, formulas as they stand. */
final class PlainText {
    private static final String INDENT = "    ";

    private PlainText() {}

    /**
     * Lines of a block.
     *
     * @param width that paragraphs are wrapped to; the lines of a code block are not
     * @throws IllegalArgumentException for a kind of block that has no form here
     */
    static List<String> lines(Node block, int width) {
        if (block instanceof Paragraph) {
            return Words.wrap(inline(block), width);
        }
        if (block instanceof FencedCodeBlock code) {
            return code.getLiteral().lines().map(line -> INDENT + line).toList();
        }
        if (block instanceof BulletList) {
            List<String> lines = new ArrayList<>();
            children(block).forEach(item -> lines.addAll(item("- ", item, width)));
            return lines;
        }
        throw new IllegalArgumentException(
                "a " + block.getClass().getSimpleName() + " cannot be shown in a terminal: " + inline(block));
    }

    /** Blocks below each other, an empty line between them. */
    static List<String> lines(List<Node> blocks, int width) {
        List<String> lines = new ArrayList<>();
        for (Node block : blocks) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(lines(block, width));
        }
        return lines;
    }

    private static List<String> item(String mark, Node item, int width) {
        List<String> lines = new ArrayList<>();
        for (String line : lines(children(item), width - mark.length())) {
            lines.add(((lines.isEmpty() ? mark : " ".repeat(mark.length())) + line).stripTrailing());
        }
        return lines;
    }

    /** What stands in a line, without marks. */
    static String inline(Node node) {
        if (node instanceof Text text) {
            return text.getLiteral();
        }
        if (node instanceof Code code) {
            return code.getLiteral();
        }
        if (node instanceof SoftLineBreak) {
            return " ";
        }
        StringBuilder text = new StringBuilder();
        children(node).forEach(child -> text.append(inline(child)));
        return text.toString();
    }

    static List<Node> children(Node node) {
        List<Node> children = new ArrayList<>();
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            children.add(child);
        }
        return children;
    }
}
