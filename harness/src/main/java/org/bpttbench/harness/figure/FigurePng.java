package org.bpttbench.harness.figure;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.DocumentLimits;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/**
 * Paints a figure's SVG file. This is the one place that asks the machine for fonts: bytes may differ from one to another,
 * and on one without any there are no such files.
 */
public final class FigurePng {
    /** Pixels for one of the SVG: 300 to the inch where a panel is 68 mm wide. */
    private static final int SCALE = 2;

    private static final int MOST = 100_000;

    /** The drawing is our own: there is nothing to guard against. */
    private static final LoaderContext LIMITS = LoaderContext.builder()
            .documentLimits(new DocumentLimits(MOST, MOST, MOST))
            .build();

    static {
        // Nobody looks at a window here, and a machine without a screen would otherwise be asked for one.
        System.setProperty("java.awt.headless", "true");
    }

    private FigurePng() {}

    /**
     * @param svg as {@link FigureSvg#file} gives it
     * @throws IOException if this machine cannot paint: it lacks fonts or the libraries that paint them
     */
    public static byte[] of(String svg) throws IOException {
        try {
            return painted(svg);
        } catch (LinkageError | InternalError | RuntimeException e) {
            throw new IOException(
                    "no PNG files: this Java has no fonts to paint with (packages fontconfig and a font): " + e, e);
        }
    }

    private static byte[] painted(String svg) throws IOException {
        // Java's own name for the face without serifs that a machine has.
        String named = svg.replace(FigureSvg.FONTS, "SansSerif");
        SVGDocument document =
                new SVGLoader().load(new ByteArrayInputStream(named.getBytes(StandardCharsets.UTF_8)), null, LIMITS);
        if (document == null) {
            throw new IllegalStateException("not a drawing");
        }
        int width = (int) Math.ceil(document.size().width * SCALE);
        int height = (int) Math.ceil(document.size().height * SCALE);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(SCALE, SCALE);
        document.render(null, graphics);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
