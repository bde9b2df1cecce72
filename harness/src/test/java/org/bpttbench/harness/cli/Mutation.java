package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.jspecify.annotations.Nullable;

/**
 * A seeded search for input that is not taken as it should be: a good input, some edits, a property. What breaks the property
 * is told with its seed and with no more edits than it takes.
 *
 * @param <T> what is edited; edits make new ones
 */
final class Mutation<T> {
    /** Changes one thing. */
    interface Edit<T> {
        T apply(T input);

        /** For who has to find out. */
        String told();
    }

    /** Draws an edit of an input. */
    @FunctionalInterface
    interface Editor<T> {
        Edit<T> draw(T input, UniformRandomProvider random);
    }

    /** What must hold of every input, edited or not. */
    @FunctionalInterface
    interface Property<T> {
        void check(T input) throws Exception;
    }

    private static final int MOST_EDITS = 4;

    private final String name;
    private final List<T> inputs;
    private final List<Editor<T>> editors;
    private final Property<T> property;

    Mutation(String name, List<T> inputs, List<Editor<T>> editors, Property<T> property) {
        this.name = name;
        this.inputs = inputs;
        this.editors = editors;
        this.property = property;
    }

    static <T> Edit<T> edit(String told, UnaryOperator<T> change) {
        return new Edit<>() {
            @Override
            public T apply(T input) {
                return change.apply(input);
            }

            @Override
            public String told() {
                return told;
            }
        };
    }

    /** @param cases seeds from 0 */
    void run(int cases) {
        for (int seed = 0; seed < cases; seed++) {
            attempt(seed);
        }
    }

    private void attempt(int seed) {
        UniformRandomProvider random = Seeds.of(seed).at("fuzz").at(name).generator();
        T input = inputs.get(random.nextInt(inputs.size()));
        List<Edit<T>> edits = new ArrayList<>();
        T edited = input;
        int count = 1 + random.nextInt(MOST_EDITS);
        Editor<T> editor = editors.get(random.nextInt(editors.size()));
        for (int i = 0; i < count; i++) {
            Edit<T> edit = editor.draw(edited, random);
            edited = edit.apply(edited);
            edits.add(edit);
        }
        if (breaks(edited) != null) {
            report(seed, input, smallest(input, edits));
        }
    }

    private @Nullable Throwable breaks(T input) {
        try {
            property.check(input);
            return null;
        } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
            return e;
        }
    }

    /** Leaves out what is not needed to break the property. */
    private List<Edit<T>> smallest(T input, List<Edit<T>> edits) {
        List<Edit<T>> needed = new ArrayList<>(edits);
        for (int i = needed.size() - 1; i >= 0 && needed.size() > 1; i--) {
            List<Edit<T>> fewer = new ArrayList<>(needed);
            fewer.remove(i);
            if (breaks(applied(input, fewer)) != null) {
                needed = fewer;
            }
        }
        return needed;
    }

    private static <T> T applied(T input, List<Edit<T>> edits) {
        T edited = input;
        for (Edit<T> edit : edits) {
            edited = edit.apply(edited);
        }
        return edited;
    }

    private void report(int seed, T input, List<Edit<T>> edits) {
        T edited = applied(input, edits);
        String told = edits.stream().map(Edit::told).collect(Collectors.joining("\n  "));
        String shown = edited instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : String.valueOf(edited);
        fail(
                name + ", seed " + seed + ":\n  " + told + "\ngives\n"
                        + shown.substring(0, Math.min(4000, shown.length())),
                breaks(edited));
    }
}
