package org.bpttbench.core.catalog;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep file may write under one key of an entry: its type, range, default and meaning. Immutable; the methods
 * that narrow it return a new one.
 */
public final class Parameter {
    /** The types that a value can have. */
    public enum Type {
        /** A whole number, a {@link Long}. */
        INTEGER,
        /** A finite number, a {@link Double}. */
        REAL,
        /** {@code true} or {@code false}. */
        FLAG,
        /** Free text. */
        TEXT,
        /** One of {@link Parameter#words()}. */
        WORD,
        /** An entry of {@link Parameter#catalog()}, written as its name or as a map with {@code type}. */
        ENTRY
    }

    private final String name;
    private final Type type;
    private final String about;
    private final @Nullable Object fallback;
    private final boolean required;
    private final double lowest;
    private final boolean lowestExcluded;
    private final double highest;
    private final boolean highestExcluded;
    private final List<String> words;
    private final @Nullable Catalog<?> catalog;

    private Parameter(
            String name,
            Type type,
            String about,
            @Nullable Object fallback,
            boolean required,
            double lowest,
            boolean lowestExcluded,
            double highest,
            boolean highestExcluded,
            List<String> words,
            @Nullable Catalog<?> catalog) {
        this.name = name;
        this.type = type;
        this.about = about;
        this.fallback = fallback;
        this.required = required;
        this.lowest = lowest;
        this.lowestExcluded = lowestExcluded;
        this.highest = highest;
        this.highestExcluded = highestExcluded;
        this.words = words;
        this.catalog = catalog;
    }

    private static Parameter of(
            String name, Type type, String about, List<String> words, @Nullable Catalog<?> catalog) {
        double infinity = Double.POSITIVE_INFINITY;
        return new Parameter(name, type, about, null, true, -infinity, false, infinity, false, words, catalog);
    }

    public static Parameter integer(String name, String about) {
        return of(name, Type.INTEGER, about, List.of(), null);
    }

    public static Parameter real(String name, String about) {
        return of(name, Type.REAL, about, List.of(), null);
    }

    public static Parameter flag(String name, String about) {
        return of(name, Type.FLAG, about, List.of(), null);
    }

    public static Parameter text(String name, String about) {
        return of(name, Type.TEXT, about, List.of(), null);
    }

    public static Parameter word(String name, String about, String... words) {
        return of(name, Type.WORD, about, List.of(words), null);
    }

    public static Parameter entry(String name, String about, Catalog<?> catalog) {
        return of(name, Type.ENTRY, about, List.of(), catalog);
    }

    /** The value taken where a file leaves the key out; an entry's is its name. */
    public Parameter orElse(Object value) {
        return new Parameter(
                name, type, about, value, false, lowest, lowestExcluded, highest, highestExcluded, words, catalog);
    }

    /** May be left out without taking a value. */
    public Parameter optional() {
        return new Parameter(
                name, type, about, null, false, lowest, lowestExcluded, highest, highestExcluded, words, catalog);
    }

    public Parameter atLeast(double value) {
        return new Parameter(
                name, type, about, fallback, required, value, false, highest, highestExcluded, words, catalog);
    }

    public Parameter above(double value) {
        return new Parameter(
                name, type, about, fallback, required, value, true, highest, highestExcluded, words, catalog);
    }

    public Parameter atMost(double value) {
        return new Parameter(
                name, type, about, fallback, required, lowest, lowestExcluded, value, false, words, catalog);
    }

    public Parameter below(double value) {
        return new Parameter(
                name, type, about, fallback, required, lowest, lowestExcluded, value, true, words, catalog);
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    public String about() {
        return about;
    }

    public boolean required() {
        return required;
    }

    public Optional<Object> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** The words that a {@link Type#WORD} allows. */
    public List<String> words() {
        return words;
    }

    /** The catalogue that a {@link Type#ENTRY} names. */
    public Optional<Catalog<?>> catalog() {
        return Optional.ofNullable(catalog);
    }

    /** Whether a number lies in the range. */
    public boolean admits(double value) {
        return (lowestExcluded ? value > lowest : value >= lowest)
                && (highestExcluded ? value < highest : value <= highest);
    }

    /** The range in words ("at least 1, below 2"), empty if every number will do. */
    public String range() {
        String low = Double.isInfinite(lowest) ? "" : (lowestExcluded ? "above " : "at least ") + number(lowest);
        String high = Double.isInfinite(highest) ? "" : (highestExcluded ? "below " : "at most ") + number(highest);
        return low.isEmpty() || high.isEmpty() ? low + high : low + ", " + high;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}
