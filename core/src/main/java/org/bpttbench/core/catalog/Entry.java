package org.bpttbench.core.catalog;

import java.util.List;
import java.util.function.Function;

/**
 * One thing a sweep file can name: an estimator, a cell, a task, a law, an initialiser, an optimiser. It is declared in
 * the file of the class it makes, so that a new variant is one file and one line of a {@link Catalog}.
 *
 * @param name the name written in YAML, lower case with hyphens
 * @param summary one line saying what it is
 * @param reference where it comes from: paper and equation, or an empty string
 * @param parameters what it takes, in the order in which they are documented and hashed
 * @param factory makes it from checked arguments; may throw {@link IllegalArgumentException} for combinations that the
 *     parameters' own ranges cannot express
 * @param <T> what it makes
 */
public record Entry<T>(
        String name, String summary, String reference, List<Parameter> parameters, Function<Arguments, T> factory) {

    public Entry {
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException("the entry name '" + name + "' is not lower case with hyphens");
        }
        parameters = List.copyOf(parameters);
        if (parameters.stream().map(Parameter::name).distinct().count() < parameters.size()) {
            throw new IllegalArgumentException("entry '" + name + "' declares a parameter twice");
        }
    }

    public T create(Arguments arguments) {
        return factory.apply(arguments);
    }
}
