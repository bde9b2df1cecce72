package org.bpttbench.experiments.spec;

/**
 * One run: a setting and the number of its replicate.
 *
 * @param replicate counted from 0
 */
public record RunSpec(Setting setting, int replicate) {
    public RunSpec {
        if (replicate < 0) {
            throw new IllegalArgumentException("replicate is " + replicate + ": must be at least 0");
        }
    }

    /** 16 hexadecimal digits that depend on what is run alone, not on the sweep it is part of. */
    public String id() {
        return setting.runIds().of(replicate);
    }
}
