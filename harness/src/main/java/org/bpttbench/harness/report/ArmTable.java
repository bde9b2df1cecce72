package org.bpttbench.harness.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A table for the terminal whose first column names an arm. Numbers stand with their points below each other. What does
 * not fit the width goes: first whole columns, the least important one first, then the end of long names.
 */
final class ArmTable {
    private static final int GAP = 2;
    private static final int SHORTEST_NAME = 8;

    /**
     * @param heading at most two lines
     * @param rank 0 if it always shows, else the higher the sooner it goes
     */
    private record Field(String heading, int rank, boolean number) {
        String line(int line) {
            String[] lines = heading.split("\n", -1);
            int from = lines.length - 2 + line;
            return from < 0 ? "" : lines[from];
        }
    }

    private record Line(String group, List<String> cells) {}

    private final List<Field> fields = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    ArmTable text(String heading, int rank) {
        fields.add(new Field(heading, rank, false));
        return this;
    }

    ArmTable number(String heading, int rank) {
        fields.add(new Field(heading, rank, true));
        return this;
    }

    /** @param group stands above its rows, once; an empty one does not */
    void row(String group, List<String> cells) {
        lines.add(new Line(group, List.copyOf(cells)));
    }

    int rows() {
        return lines.size();
    }

    /** Lines that so many rows take, headings among them. */
    int height(int rows) {
        return headingLines() + body(rows).size();
    }

    /** @param most rows that are shown; the caller says what became of the others */
    List<String> render(int width, int most) {
        List<Line> shown = body(most);
        List<Integer> kept = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        for (int field = 0; field < fields.size(); field++) {
            blocks.add(block(field, shown));
            if (blocks.get(field).content) {
                kept.add(field);
            }
        }
        drop(kept, blocks, width);
        List<String> text = new ArrayList<>();
        boolean two = kept.stream().anyMatch(field -> fields.get(field).heading.contains("\n"));
        for (int line = two ? 0 : 1; line < 2; line++) {
            int at = line;
            text.add(join(
                    kept, field -> blocks.get(field).heading(fields.get(field).line(at))));
        }
        for (Line line : shown) {
            text.add(
                    line.cells.isEmpty()
                            ? cut(line.group, width)
                            : join(kept, field -> blocks.get(field).cell(line.cells.get(field))));
        }
        return text;
    }

    private int headingLines() {
        return fields.stream().anyMatch(field -> field.heading.contains("\n")) ? 2 : 1;
    }

    /** The first rows; names of groups as lines without cells, rows below them indented, repeated names left out. */
    private List<Line> body(int most) {
        List<Line> body = new ArrayList<>();
        String group = "";
        String name = "";
        for (Line line : lines.subList(0, Math.min(most, lines.size()))) {
            if (!line.group.equals(group)) {
                body.add(new Line(line.group, List.of()));
                name = "";
            }
            List<String> cells = new ArrayList<>(line.cells);
            String own = cells.get(0);
            cells.set(0, own.equals(name) ? "" : line.group.isEmpty() ? own : "  " + own);
            body.add(new Line(line.group, cells));
            group = line.group;
            name = own;
        }
        return body;
    }

    private void drop(List<Integer> kept, List<Block> blocks, int width) {
        while (total(kept, blocks) > width) {
            Integer least = kept.stream()
                    .max(Comparator.comparingInt(field -> fields.get(field).rank))
                    .orElseThrow();
            if (fields.get(least).rank == 0) {
                Block name = blocks.get(0);
                name.width = Math.max(SHORTEST_NAME, name.width - (total(kept, blocks) - width));
                return;
            }
            kept.remove(least);
        }
    }

    private static int total(List<Integer> kept, List<Block> blocks) {
        return kept.stream().mapToInt(field -> blocks.get(field).width + GAP).sum() - GAP;
    }

    private interface Cell {
        String of(int field);
    }

    private static String join(List<Integer> kept, Cell cell) {
        StringBuilder line = new StringBuilder();
        for (int field : kept) {
            line.append(cell.of(field)).append(" ".repeat(GAP));
        }
        return line.toString().stripTrailing();
    }

    private Block block(int index, List<Line> shown) {
        Field field = fields.get(index);
        Block block = new Block(field.number);
        shown.stream().filter(line -> !line.cells.isEmpty()).forEach(line -> block.see(line.cells.get(index)));
        for (int line = 0; line < 2; line++) {
            block.width = Math.max(block.width, field.line(line).length());
        }
        return block;
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    /** How one column is laid out. */
    private static final class Block {
        private final boolean number;
        private boolean content;
        private int whole;
        private int fraction;
        private int width;

        Block(boolean number) {
            this.number = number;
        }

        void see(String cell) {
            content |= !cell.isEmpty();
            if (number) {
                whole = Math.max(whole, point(cell));
                fraction = Math.max(fraction, cell.length() - point(cell));
                width = whole + fraction;
            } else {
                width = Math.max(width, cell.length());
            }
        }

        String heading(String text) {
            return number ? " ".repeat(width - text.length()) + text : pad(cut(text, width));
        }

        String cell(String text) {
            if (!number) {
                return pad(cut(text, width));
            }
            String aligned = text + " ".repeat(fraction - (text.length() - point(text)));
            return " ".repeat(width - aligned.length()) + aligned;
        }

        private String pad(String text) {
            return text + " ".repeat(width - text.length());
        }

        /** Where the whole part ends: at the point, the exponent or the end. */
        private static int point(String cell) {
            for (int i = 0; i < cell.length(); i++) {
                if (cell.charAt(i) == '.' || cell.charAt(i) == 'e') {
                    return i;
                }
            }
            return cell.length();
        }
    }
}
