package org.bpttbench.core.random;

import org.apache.commons.rng.RestorableUniformRandomProvider;

/**
 * Names for random streams. A seed is the hash of a root number and a path of names ({@code replicate/3/task}); it never
 * depends on how many streams were opened before, on threads, or on the order of calls. Immutable.
 */
public final class Seeds {
    private final String path;

    private Seeds(String path) {
        this.path = path;
    }

    public static Seeds of(long root) {
        return new Seeds(Long.toString(root));
    }

    /** The seeds below one more name; {@code at("replicate").at(3)} is {@code root/replicate/3}. */
    public Seeds at(Object name) {
        return new Seeds(path + '/' + name);
    }

    /** A generator at the start of this path's stream; its state can be saved. */
    public RestorableUniformRandomProvider generator() {
        throw new UnsupportedOperationException("written next");
    }

    @Override
    public String toString() {
        return path;
    }
}
