package org.bpttbench.core.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep file may write under one key: its type, range, default and meaning. Immutable; the methods that narrow it
 * return a new one.
 */
public final class Parameter {
    /** The types that a value can have. */
    public enum Type {
        /**
         * A whole number, a {@link Long}; or one of {@link Parameter#words()} or a map with the keys {@link
         * Parameter#fields()}, if there are any.
         */
        INTEGER,
        /**
         * A number of bytes, a {@link Long}, written as a whole number or with one of the units KiB, MiB and GiB; or one of
         * {@link Parameter#words()}, if there are any.
         */
        SIZE,
        /** A finite number, a {@link Double}. */
        REAL,
        /** {@code true} or {@code false}. */
        FLAG,
        /** Free text. */
        TEXT,
        /** One of {@link Parameter#words()}. */
        WORD,
        /** An entry of {@link Parameter#catalog()}, written as its name or as a map with {@link Parameter#tag()}. */
        ENTRY,
        /** A list of {@link Parameter#element()}. */
        LIST,
        /** A map with the keys {@link Parameter#fields()}. */
        MAP,
        /** A map from free names to {@link Parameter#element()}. */
        TABLE
    }

    private final String name;
    private final Type type;
    private final String about;

    // written only by the methods below, on a copy that nobody else has seen yet
    private boolean required = true;
    private @Nullable Object fallback;
    private Range range = Range.ALL;
    private double cautionUpTo = Double.NEGATIVE_INFINITY;
    private String caution = "";
    private List<String> words = List.of();
    private @Nullable Catalog<?> catalog;
    private String tag = "type";
    private boolean keyed;
    private List<Parameter> fields = List.of();
    private @Nullable Parameter element;
    private boolean bornLater;
    private boolean hashed = true;
    private boolean hashedAsName;

    private Parameter(String name, Type type, String about) {
        this.name = name;
        this.type = type;
        this.about = about;
    }

    private Parameter copy() {
        Parameter copy = new Parameter(name, type, about);
        copy.required = required;
        copy.fallback = fallback;
        copy.range = range;
        copy.cautionUpTo = cautionUpTo;
        copy.caution = caution;
        copy.words = words;
        copy.catalog = catalog;
        copy.tag = tag;
        copy.keyed = keyed;
        copy.fields = fields;
        copy.element = element;
        copy.bornLater = bornLater;
        copy.hashed = hashed;
        copy.hashedAsName = hashedAsName;
        return copy;
    }

    public static Parameter integer(String name, String about) {
        return new Parameter(name, Type.INTEGER, about);
    }

    /** At least one byte. */
    public static Parameter size(String name, String about) {
        return new Parameter(name, Type.SIZE, about).atLeast(1);
    }

    public static Parameter real(String name, String about) {
        return new Parameter(name, Type.REAL, about);
    }

    public static Parameter flag(String name, String about) {
        return new Parameter(name, Type.FLAG, about);
    }

    public static Parameter text(String name, String about) {
        return new Parameter(name, Type.TEXT, about);
    }

    public static Parameter word(String name, String about, String... words) {
        return new Parameter(name, Type.WORD, about).orWords(words);
    }

    public static Parameter entry(String name, String about, Catalog<?> catalog) {
        Parameter made = new Parameter(name, Type.ENTRY, about);
        made.catalog = catalog;
        return made;
    }

    /** @param element what each item is; its name is used in no message */
    public static Parameter list(String name, String about, Parameter element) {
        Parameter made = new Parameter(name, Type.LIST, about);
        made.element = element;
        return made;
    }

    public static Parameter map(String name, String about, Parameter... fields) {
        return new Parameter(name, Type.MAP, about).with(fields);
    }

    /** @param element what stands under each of the free names */
    public static Parameter table(String name, String about, Parameter element) {
        Parameter made = new Parameter(name, Type.TABLE, about);
        made.element = element;
        return made;
    }

    /** The value taken where a file leaves the key out; an entry's is its name, a map's may be an empty map. */
    public Parameter orElse(Object value) {
        Parameter copy = copy();
        copy.required = false;
        copy.fallback = value;
        return copy;
    }

    /** May be left out without taking a value. */
    public Parameter optional() {
        Parameter copy = copy();
        copy.required = false;
        copy.fallback = null;
        return copy;
    }

    /** The lowest number; of a list, the smallest size. */
    public Parameter atLeast(double value) {
        return within(range.from(value, false));
    }

    public Parameter above(double value) {
        return within(range.from(value, true));
    }

    /** The highest number; of a list, the largest size. */
    public Parameter atMost(double value) {
        return within(range.to(value, false));
    }

    public Parameter below(double value) {
        return within(range.to(value, true));
    }

    private Parameter within(Range narrower) {
        Parameter copy = copy();
        copy.range = narrower;
        return copy;
    }

    /**
     * Numbers up to {@code value} are allowed but draw a warning.
     *
     * @param why what goes wrong there, for the warning
     */
    public Parameter cautionUpTo(double value, String why) {
        Parameter copy = copy();
        copy.cautionUpTo = value;
        copy.caution = why;
        return copy;
    }

    /** The words that are allowed; on a whole number or a size, besides the numbers. */
    public Parameter orWords(String... allowed) {
        Parameter copy = copy();
        copy.words = List.of(allowed);
        return copy;
    }

    /** On a whole number: besides the numbers, a map with these keys that says how the number is to be found. */
    public Parameter orMap(Parameter... keys) {
        return with(keys);
    }

    /** The key under which a map names the entry, {@code type} unless said otherwise. */
    public Parameter tag(String key) {
        Parameter copy = copy();
        copy.tag = key;
        return copy;
    }

    /** A map without the tag names its entry by having a key of the same name: {@code {norm: 1.0}}. */
    public Parameter keyed() {
        Parameter copy = copy();
        copy.keyed = true;
        return copy;
    }

    /** Keys of a map; of an entry, keys that follow the entry's own and yield to those of the same name. */
    public Parameter with(Parameter... more) {
        Parameter copy = copy();
        copy.fields = List.of(more);
        return copy;
    }

    /** A key that came after results were published: left out of a setting's hash while it has its default. */
    public Parameter bornLater() {
        Parameter copy = copy();
        copy.bornLater = true;
        return copy;
    }

    /** Does not enter a setting's hash: it changes no result, or what it names is hashed by content. */
    public Parameter unhashed() {
        Parameter copy = copy();
        copy.hashed = false;
        return copy;
    }

    /**
     * An entry that was a word when results were published: one without arguments of its own is hashed as its name alone,
     * as that word was.
     */
    public Parameter hashedAsName() {
        Parameter copy = copy();
        copy.hashedAsName = true;
        return copy;
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

    public List<String> words() {
        return words;
    }

    /** The catalogue that a {@link Type#ENTRY} names. */
    public Optional<Catalog<?>> catalog() {
        return Optional.ofNullable(catalog);
    }

    /** The key under which a map names its entry. */
    public String tag() {
        return tag;
    }

    public boolean isKeyed() {
        return keyed;
    }

    /** The keys of a {@link Type#MAP} or of the map that may stand for a number, and those that every entry of an {@link Type#ENTRY} shares. */
    public List<Parameter> fields() {
        return fields;
    }

    /** What a {@link Type#LIST} or a {@link Type#TABLE} is made of. */
    public Optional<Parameter> element() {
        return Optional.ofNullable(element);
    }

    public boolean isBornLater() {
        return bornLater;
    }

    public boolean isHashed() {
        return hashed;
    }

    public boolean isHashedAsName() {
        return hashedAsName;
    }

    /** All keys that a map naming {@code entry} takes besides the tag: the entry's own, then the shared ones. */
    public List<Parameter> keysOf(Entry<?> entry) {
        List<Parameter> keys = new ArrayList<>(entry.parameters());
        Set<String> own = keys.stream().map(Parameter::name).collect(Collectors.toSet());
        fields.stream().filter(field -> !own.contains(field.name)).forEach(keys::add);
        return keys;
    }

    /** Whether a number, or the size of a list, lies in the range. */
    public boolean admits(double value) {
        return range.admits(value);
    }

    /** Why a number that is allowed draws a warning, if it does. */
    public Optional<String> caution(double value) {
        return value <= cautionUpTo ? Optional.of(caution) : Optional.empty();
    }

    /** The numbers, or the sizes of a list, that are allowed. */
    public Range limits() {
        return range;
    }

    /** The range in words ("at least 1, below 2"), empty if every number will do. */
    public String range() {
        return range.toString();
    }

    /** What may be written, in words: "a whole number, at least 1". */
    public String wanted() {
        String limits = range().isEmpty() ? "" : ", " + range();
        return switch (type) {
            case INTEGER ->
                "a whole number" + limits + (words.isEmpty() ? "" : ", or " + String.join(", ", words))
                        + (fields.isEmpty() ? "" : ", or " + map());
            case SIZE ->
                "a size in whole bytes, KiB, MiB or GiB" + limits
                        + (words.isEmpty() ? "" : ", or " + String.join(", ", words));
            case REAL -> "a number" + limits;
            case FLAG -> "true or false";
            case TEXT -> "text";
            case WORD -> "one of " + String.join(", ", words);
            case ENTRY ->
                "one of " + catalog().map(all -> String.join(", ", all.names())).orElse("");
            case LIST ->
                "a list" + (range().isEmpty() ? "" : " of " + range() + " items")
                        + element().map(item -> ", each " + item.wanted()).orElse("");
            case MAP -> map();
            case TABLE ->
                "a map from names to " + element().map(Parameter::wanted).orElse("");
        };
    }

    private String map() {
        return "a map of " + fields.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name + ": " + wanted();
    }
}
