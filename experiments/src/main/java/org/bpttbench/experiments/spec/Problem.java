package org.bpttbench.experiments.spec;

/** Something about a sweep file that its author should know, and where. */
public record Problem(Place place, String message) {
    /** {@code file:line:column: message}. */
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
