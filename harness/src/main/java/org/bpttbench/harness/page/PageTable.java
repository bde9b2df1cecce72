package org.bpttbench.harness.page;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.bpttbench.experiments.spec.Finite;
import org.bpttbench.harness.report.Digits;

/** A table that a reader can sort and filter. Columns in which no row has anything are left out. */
final class PageTable {
    /** A page with more rows would be slow to open; files have them all. */
    static final int MOST_ROWS = 1000;

    /** From this many on a filter helps. */
    private static final int MANY = 6;

    private static final int LONGEST = 300;
    private static final int COUNT_DIGITS = 5;

    /** What is shorter stays on one line. */
    private static final int SHORT = 34;

    /**
     * @param css of the cell: {@code n} number, {@code s} short, {@code w} wide, {@code m} message
     * @param sort what to sort by, empty to sort by the text
     */
    private record Cell(String text, String css, String sort) {}

    private final String id;
    private final String about;
    private final List<String> heads = new ArrayList<>();
    private final List<List<Cell>> rows = new ArrayList<>();

    /** @param about what the rows are, for who cannot see the table */
    PageTable(String id, String about) {
        this.id = id;
        this.about = about;
    }

    PageTable heads(String... names) {
        heads.addAll(List.of(names));
        return this;
    }

    /** One row, cell by cell. */
    static final class Row {
        private final List<Cell> cells = new ArrayList<>();

        Row text(String content) {
            return cell(content, content.length() < SHORT ? "s" : "", "");
        }

        Row wide(String content) {
            return cell(content, "w", "");
        }

        Row message(String content) {
            return cell(content.length() > LONGEST ? content.substring(0, LONGEST) + "…" : content, "m", "");
        }

        /** @param css class that colours it */
        Row word(String content, String css) {
            return cell(content, css, "");
        }

        Row number(OptionalDouble value, int digits) {
            return value.isPresent() ? number(value.getAsDouble(), digits) : cell("", "n", "");
        }

        /** A number in words of its own; nothing without one. */
        Row number(String content, OptionalDouble sort) {
            return sort.isPresent() ? cell(content, "n", Finite.text(sort.getAsDouble())) : cell("", "n", "");
        }

        /** Nothing for a value that is not {@link Finite}. */
        Row number(double value, int digits) {
            String all = Finite.text(value);
            return cell(all.isEmpty() ? "" : Digits.of(value, digits), "n", all);
        }

        /** A whole number, or a mean of some. */
        Row count(OptionalDouble value) {
            return value.isPresent() && value.getAsDouble() == Math.rint(value.getAsDouble())
                    ? whole((long) value.getAsDouble())
                    : number(value, COUNT_DIGITS);
        }

        Row whole(long value) {
            return cell(Long.toString(value), "n", Long.toString(value));
        }

        /** Text that stands where numbers do, as an interval does. */
        Row figures(String content) {
            return cell(content, "n", "");
        }

        private Row cell(String content, String css, String sort) {
            cells.add(new Cell(content, css, sort));
            return this;
        }
    }

    Row row() {
        Row row = new Row();
        rows.add(row.cells);
        return row;
    }

    int rows() {
        return rows.size();
    }

    void render(Html html) {
        List<Integer> shown = new ArrayList<>();
        for (int column = 0; column < heads.size(); column++) {
            int index = column;
            if (rows.stream().anyMatch(row -> !row.get(index).text.isEmpty())) {
                shown.add(column);
            }
        }
        if (rows.size() >= MANY) {
            html.open("div", "class", "tools")
                    .single(
                            "input",
                            "type",
                            "search",
                            "placeholder",
                            "filter rows",
                            "aria-label",
                            "filter rows: " + about,
                            "data-table",
                            id)
                    .element("span", "", "class", "count note")
                    .close();
        }
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", about)
                .open("table", "id", id)
                .open("thead")
                .open("tr");
        for (int column : shown) {
            boolean number = rows.get(0).get(column).css.equals("n");
            html.open("th", "scope", "col", "class", number ? "n" : "")
                    .element("button", heads.get(column), "type", "button")
                    .close();
        }
        html.close().close().open("tbody").line();
        rows.stream().limit(MOST_ROWS).forEach(row -> {
            html.open("tr");
            shown.forEach(column -> render(html, row.get(column)));
            html.close().line();
        });
        html.close().close().close();
        if (rows.size() > MOST_ROWS) {
            html.element("p", (rows.size() - MOST_ROWS) + " more rows in the CSV file", "class", "note");
        }
    }

    private static void render(Html html, Cell cell) {
        List<String> attributes = new ArrayList<>();
        if (!cell.css.isEmpty()) {
            attributes.addAll(List.of("class", cell.css));
        }
        if (cell.css.equals("n") && (cell.text.isEmpty() || !cell.sort.isEmpty())) {
            attributes.addAll(List.of("data-v", cell.sort));
        }
        html.element("td", cell.text, attributes.toArray(String[]::new));
    }
}
