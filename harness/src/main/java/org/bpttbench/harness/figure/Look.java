package org.bpttbench.harness.figure;

/**
 * What a series looks like: a colour, and a marker and a dash, so that it can be told in print and without colours.
 *
 * @param colour index into {@link Palette}
 * @param shape index of the marker and the dash
 */
public record Look(int colour, int shape) {}
