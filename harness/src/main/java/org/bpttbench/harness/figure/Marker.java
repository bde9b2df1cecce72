package org.bpttbench.harness.figure;

/** Shapes of points and dashes of lines, by the index of a {@link Look}. */
final class Marker {
    private static final String[] DASHES = {"", "6 3", "2 2.5", "8 3 2 3", "4 2 1 2 1 2"};

    private Marker() {}

    static boolean isRound(int shape) {
        return shape % 5 == 0;
    }

    /** Path data of a shape about a point. */
    static String path(int shape, double x, double y, double radius) {
        double r = radius;
        return switch (shape % 5) {
            case 0 -> circle(x, y, r);
            case 1 -> polygon(x, y, -0.88 * r, -0.88 * r, 0.88 * r, -0.88 * r, 0.88 * r, 0.88 * r, -0.88 * r, 0.88 * r);
            case 2 -> polygon(x, y, 0, -1.3 * r, 1.3 * r, 0, 0, 1.3 * r, -1.3 * r, 0);
            case 3 -> polygon(x, y, 0, -1.2 * r, 1.1 * r, 0.8 * r, -1.1 * r, 0.8 * r);
            default -> polygon(x, y, 0, 1.2 * r, 1.1 * r, -0.8 * r, -1.1 * r, -0.8 * r);
        };
    }

    static String circle(double x, double y, double r) {
        String radius = Svg.number(r);
        String across = Svg.number(2 * r);
        return "M" + Svg.number(x - r) + ' ' + Svg.number(y) + 'a' + radius + ' ' + radius + " 0 1 0 " + across + " 0a"
                + radius + ' ' + radius + " 0 1 0 -" + across + " 0z";
    }

    /** Empty for a line without gaps. */
    static String dash(int shape) {
        return DASHES[shape % DASHES.length];
    }

    private static String polygon(double x, double y, double... corners) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < corners.length; i += 2) {
            path.append(i == 0 ? 'M' : 'L')
                    .append(Svg.number(x + corners[i]))
                    .append(' ')
                    .append(Svg.number(y + corners[i + 1]));
        }
        return path.append('z').toString();
    }
}
