package org.bpttbench.harness.figure;

/** Sizes in pixels that all drawings share. A panel is as wide as a small screen, so that nothing has to shrink there. */
final class Layout {
    static final double WIDTH = 400;
    static final double FONT = 11.5;
    static final double SMALL = 10.5;
    static final double TITLE = 22;
    static final double RIGHT = 14;

    /** Below a panel: ticks and the name of the axis. */
    static final double BOTTOM = 40;

    /** For the names of rows. */
    static final double MOST_FOR_NAMES = 172;

    private Layout() {}
}
