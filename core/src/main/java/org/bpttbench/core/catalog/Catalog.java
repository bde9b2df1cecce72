package org.bpttbench.core.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ordered list of everything of one kind that a sweep file can name. Messages, contract tests, benchmarks and the
 * tables of the documentation are made from it.
 *
 * @param <T> what its entries make
 */
public final class Catalog<T> {
    private final String kind;
    private final Map<String, Entry<? extends T>> entries = new LinkedHashMap<>();

    private Catalog(String kind, List<Entry<? extends T>> entries) {
        this.kind = kind;
        for (Entry<? extends T> entry : entries) {
            if (this.entries.put(entry.name(), entry) != null) {
                throw new IllegalArgumentException("two " + kind + " entries are named '" + entry.name() + "'");
            }
        }
    }

    /**
     * @param kind what the entries are, in the singular ("estimator"), for messages
     * @param entries in the order in which they are listed
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Catalog<T> of(String kind, Entry<? extends T>... entries) {
        return new Catalog<>(kind, List.of(entries));
    }

    /** The same with one more entry before them, for a key that takes one of these or something else. */
    public Catalog<Object> after(Entry<?> first) {
        List<Entry<?>> all = new ArrayList<>();
        all.add(first);
        all.addAll(entries.values());
        return new Catalog<>(kind, List.copyOf(all));
    }

    public String kind() {
        return kind;
    }

    public List<Entry<? extends T>> entries() {
        return List.copyOf(entries.values());
    }

    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    public Optional<Entry<? extends T>> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** @throws IllegalArgumentException if there is no entry of that name */
    public Entry<? extends T> get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no " + kind + " is named '" + name + "'; there are " + String.join(", ", names())));
    }

    /**
     * Makes the entry that {@code tag} names, as a resolved sweep file describes it.
     *
     * @param arguments resolved arguments, the entry's name under {@code tag} among them
     */
    public T create(String tag, Arguments arguments) {
        return get(arguments.text(tag)).create(arguments);
    }
}
