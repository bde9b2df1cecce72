package org.bpttbench.harness.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Drawings, read by the JDK's XML parser. */
class FigureSvgTest {
    @TempDir
    Path folder;

    @Test
    void filesAreWellFormedWithAMarkForEachMark() throws Exception {
        for (Figure figure : Figures.of(InventedResults.full(folder))) {
            Document svg = parse(FigureSvg.file(figure));
            assertThat(figure.marks()).isPositive();
            assertThat(marks(svg)).as(figure.name()).isEqualTo(figure.marks());
            assertThat(elements(svg, "svg")
                            .filter(each -> each.getAttribute("class").equals("panel")))
                    .hasSameSizeAs(figure.panels());
        }
    }

    /** A number that is none would be written as NaN, and a place outside of the paper would be lost. */
    @Test
    void everythingLiesOnThePaper() throws Exception {
        Pattern number = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
        for (Figure figure : Figures.of(InventedResults.full(folder))) {
            for (String panel : FigureSvg.panels(figure)) {
                Element root = parse(panel).getDocumentElement();
                double width = Double.parseDouble(root.getAttribute("width"));
                double height = Double.parseDouble(root.getAttribute("height"));
                assertThat(panel).doesNotContain("NaN", "Infinity");
                elements(root.getOwnerDocument(), "circle").forEach(circle -> {
                    assertThat(Double.parseDouble(circle.getAttribute("cx"))).isBetween(0.0, width);
                    assertThat(Double.parseDouble(circle.getAttribute("cy"))).isBetween(0.0, height);
                });
                elements(root.getOwnerDocument(), "path")
                        .map(path -> path.getAttribute("d"))
                        .filter(d -> d.matches("M[-0-9. L]+"))
                        .forEach(d -> {
                            Matcher numbers = number.matcher(d);
                            for (int i = 0; numbers.find(); i++) {
                                assertThat(Double.parseDouble(numbers.group()))
                                        .isBetween(0.0, i % 2 == 0 ? width : height);
                            }
                        });
            }
        }
    }

    @Test
    void theSameJournalGivesTheSameBytes() throws IOException {
        List<String> one = files("one");
        assertThat(files("other")).isEqualTo(one);
    }

    private List<String> files(String name) throws IOException {
        return Figures.of(InventedResults.full(folder.resolve(name))).stream()
                .flatMap(figure -> java.util.stream.Stream.of(FigureSvg.file(figure), FigureCsv.of(figure)))
                .toList();
    }

    @Test
    void hostileTextStaysText() throws Exception {
        Figure.Mark mark = Figure.Mark.at("id", InventedResults.HOSTILE, 1, 1).note(InventedResults.HOSTILE);
        Figure figure = new Figure(
                "x",
                InventedResults.HOSTILE,
                InventedResults.HOSTILE,
                Figure.Kind.POINTS,
                new Figure.Axis("x", InventedResults.HOSTILE, "", Figure.Scale.LINEAR),
                new Figure.Axis("y", "y".repeat(3000), "", Figure.Scale.LINEAR),
                java.util.Optional.empty(),
                List.of(Figure.Panel.of(
                        InventedResults.HOSTILE,
                        List.of(new Figure.Series("n".repeat(3000), new Look(1, 0), List.of(mark))),
                        List.of(new Figure.Guide(InventedResults.HOSTILE, 1, false)))));
        String text = FigureSvg.file(figure);
        Document svg = parse(text);
        assertThat(elements(svg, "script")).isEmpty();
        assertThat(text).doesNotContain("\u202E", "\u0007");
        assertThat(elements(svg, "title").map(Element::getTextContent))
                .contains(InventedResults.HOSTILE.replace('\u202E', '\uFFFD').replace('\u0007', '\uFFFD'));
    }

    @Test
    void paperIsPainted() throws IOException {
        Figure figure = Figures.of(InventedResults.full(folder)).get(0);
        byte[] png = new byte[0];
        try {
            png = FigurePng.of(FigureSvg.file(figure));
        } catch (IOException e) {
            Assumptions.abort(String.valueOf(e.getMessage()));
        }
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(2 * 2 * 400);
        long orange = IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(i -> (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF) == 0xD55E00)
                .count();
        assertThat(orange).as("pixels of TBPTT's colour").isGreaterThan(200);
    }

    /** Worked out by hand. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0      | 1      | 0, 0.2, 0.4, 0.6, 0.8, 1
            -0.68  | 1      | −0.5, 0, 0.5, 1
            0      | 0.5    | 0, 0.1, 0.2, 0.3, 0.4, 0.5
            0      | 100000 | 0, 20k, 40k, 60k, 80k, 100k
            4.1    | 4.35   | 4.1, 4.15, 4.2, 4.25, 4.3, 4.35
            """)
    void linearTicksAreRound(double low, double high, String expected) {
        assertThat(String.join(
                        ", ",
                        Ticks.linear(low, high, 5).stream().map(Ticks::text).toList()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1     | 10     | 1, 2, 5, 10
            4     | 210    | 5, 10, 20, 50, 100, 200
            0.001 | 100    | 0.001, 0.01, 0.1, 1, 10, 100
            1e-12 | 2      | 10⁻¹², 10⁻¹⁰, 10⁻⁸, 10⁻⁶, 0.0001, 0.01, 1
            """)
    void logarithmicTicksReadAsNumbers(double low, double high, String expected) {
        assertThat(String.join(
                        ", ",
                        Ticks.logarithmic(low, high).stream().map(Ticks::text).toList()))
                .isEqualTo(expected);
    }

    /** By the definition of a logarithm: equal ratios are equal distances, and what is 0 or less stands apart, before them. */
    @Test
    void equalRatiosAreEqualDistancesAndZeroStandsApart() {
        Figure.Axis axis = new Figure.Axis("x", "x", "", Figure.Scale.LOG_AND_ZERO);
        Ruler ruler = Ruler.of(axis, 0, 300, -0.1, 0, 0.01, 100);
        double decade = ruler.place(0.1) - ruler.place(0.01);
        assertThat(ruler.place(10) - ruler.place(1)).isCloseTo(decade, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(ruler.place(0)).isEqualTo(ruler.place(-0.1)).isLessThan(ruler.place(0.01) - 10);
        assertThat(ruler.labels(5)).extracting(Ruler.Label::text).containsExactly("0", "0.01", "0.1", "1", "10", "100");
    }

    private static long marks(Document svg) {
        return elements(svg, "g")
                .filter(group -> group.getAttribute("class").matches("mark( faded)?"))
                .count();
    }

    private static java.util.stream.Stream<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
