package org.bpttbench.experiments.spec;

import org.bpttbench.core.catalog.Arguments;

/**
 * The network of a setting whose task brings none.
 *
 * @param cell name of its catalogue entry
 * @param arguments all of them, {@code cell}, {@code units} and {@code bias} among them
 */
public record ModelSpec(String cell, int units, boolean bias, Arguments arguments) {
    static ModelSpec of(Arguments model) {
        return new ModelSpec(model.text("cell"), model.integer("units"), model.flag("bias"), model);
    }
}
