package org.bpttbench.harness.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.harness.cli.Mutation.Edit;

/** Ways of spoiling a file: by its bytes, its words, its lines, its tree. */
final class Edits {
    /** What has a meaning to some reader of YAML, JSON, numbers, paths or terminals. */
    private static final List<String> NASTY = List.of(
            "&a ",
            "*a",
            "!!int ",
            "! ",
            "<<",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "{",
            "}",
            "[",
            "]",
            ",",
            ": ",
            ":",
            "- ",
            "? ",
            "|\n",
            ">\n",
            "\"",
            "'",
            "#",
            "~",
            "null",
            "true",
            "yes",
            "0",
            "-0",
            "-1",
            "1",
            "010",
            "0x1F",
            "1_000",
            "1e2",
            "1e308",
            "1e-320",
            "1e999",
            ".nan",
            ".inf",
            "-.inf",
            "2147483647",
            "2147483648",
            "-2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "1000000000000000000",
            "\"\\e[2J\"",
            "\"\\0\"",
            "\t",
            "\n",
            "\r",
            "  ",
            "\u00a0",
            "\u2028",
            "\ufeff",
            "\ufffd",
            "\ud83d\ude00",
            ".",
            "..",
            "../",
            "/",
            "a.b.c",
            "grid",
            "grid.",
            "cases",
            "zip",
            "exclude",
            "estimator",
            "estimator.type",
            "type",
            "full",
            "own",
            "end",
            "x".repeat(20_000),
            "[".repeat(100),
            "1".repeat(2000));

    private static final Pattern WORDS = Pattern.compile("(?<=\\W)|(?=\\W)");

    private Edits() {}

    static Edit<byte[]> bytes(byte[] input, UniformRandomProvider random) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + 1 + random.nextInt(1 << random.nextInt(8)));
        int into = random.nextInt(input.length + 1);
        byte value = (byte) random.nextInt(256);
        int bit = random.nextInt(8);
        return switch (random.nextInt(7)) {
            case 0 -> edit("flip bit " + bit + " of byte " + at, in -> flipped(in, at, bit));
            case 1 -> edit("delete bytes " + at + " to " + to, in -> spliced(in, at, to, new byte[0]));
            case 2 -> edit("insert byte " + value + " at " + at, in -> spliced(in, at, at, new byte[] {value}));
            case 3 -> edit("set byte " + at + " to " + value, in -> spliced(in, at, at + 1, new byte[] {value}));
            case 4 ->
                edit(
                        "copy bytes " + at + " to " + to + " to " + into,
                        in -> spliced(in, into, into, slice(in, at, to)));
            case 5 -> edit("cut at byte " + at, in -> slice(in, 0, at));
            default ->
                edit("zero bytes " + at + " to " + to, in -> spliced(in, at, to, new byte[Math.max(0, to - at)]));
        };
    }

    private static Edit<byte[]> edit(String told, UnaryOperator<byte[]> change) {
        return Mutation.edit(told, change);
    }

    private static byte[] slice(byte[] in, int from, int to) {
        int start = Math.min(from, in.length);
        return Arrays.copyOfRange(in, start, Math.max(start, Math.min(to, in.length)));
    }

    private static byte[] spliced(byte[] in, int from, int to, byte[] with) {
        byte[] head = slice(in, 0, from);
        byte[] tail = slice(in, to, in.length);
        byte[] all = Arrays.copyOf(head, head.length + with.length + tail.length);
        System.arraycopy(with, 0, all, head.length, with.length);
        System.arraycopy(tail, 0, all, head.length + with.length, tail.length);
        return all;
    }

    private static byte[] flipped(byte[] in, int at, int bit) {
        byte[] out = in.clone();
        if (at < out.length) {
            out[at] ^= (byte) (1 << bit);
        }
        return out;
    }

    /** Words of the input change places, go, come twice, or become something nasty. */
    static Edit<byte[]> words(byte[] input, UniformRandomProvider random) {
        int count = words(input).size();
        int at = random.nextInt(Math.max(1, count));
        int other = random.nextInt(Math.max(1, count));
        String nasty = NASTY.get(random.nextInt(NASTY.size()));
        String shown = nasty.length() < 40 ? Json.write(nasty) : nasty.length() + " characters";
        return switch (random.nextInt(5)) {
            case 0 -> edit("word " + at + " becomes " + shown, in -> word(in, at, nasty));
            case 1 -> edit("word " + at + " becomes word " + other, in -> word(in, at, get(words(in), other)));
            case 2 -> edit("word " + at + " goes", in -> word(in, at, ""));
            case 3 -> edit("word " + at + " comes twice", in -> word(in, at, get(words(in), at) + get(words(in), at)));
            default -> edit(shown + " before word " + at, in -> word(in, at, nasty + get(words(in), at)));
        };
    }

    private static List<String> words(byte[] input) {
        return new ArrayList<>(Arrays.asList(WORDS.split(new String(input, StandardCharsets.UTF_8))));
    }

    private static String get(List<String> words, int at) {
        return words.isEmpty() ? "" : words.get(Math.min(at, words.size() - 1));
    }

    private static byte[] word(byte[] input, int at, String becomes) {
        List<String> words = words(input);
        if (!words.isEmpty()) {
            words.set(Math.min(at, words.size() - 1), becomes);
        }
        return String.join("", words).getBytes(StandardCharsets.UTF_8);
    }

    /** Whole lines go, come twice or change places; another file's come in. */
    static Mutation.Editor<byte[]> wholeLines(byte[] foreign) {
        return (input, random) -> {
            int count = lines(input).size();
            int at = random.nextInt(Math.max(1, count));
            int other = random.nextInt(Math.max(1, count));
            int theirs = random.nextInt(lines(foreign).size());
            return switch (random.nextInt(4)) {
                case 0 -> edit("line " + at + " goes", in -> line(in, at, List.of()));
                case 1 ->
                    edit(
                            "line " + at + " comes twice",
                            in -> line(in, at, List.of(get(lines(in), at), get(lines(in), at))));
                case 2 -> edit("lines " + at + " and " + other + " change places", in -> swapped(in, at, other));
                default ->
                    edit(
                            "line " + theirs + " of another file before line " + at,
                            in -> line(in, at, List.of(get(lines(foreign), theirs), get(lines(in), at))));
            };
        };
    }

    /** With their line feeds. */
    static List<String> lines(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        return text.isEmpty() ? new ArrayList<>() : new ArrayList<>(Arrays.asList(text.split("(?<=\n)")));
    }

    private static byte[] line(byte[] input, int at, List<String> becomes) {
        List<String> lines = lines(input);
        if (at < lines.size()) {
            lines.remove(at);
            lines.addAll(at, becomes);
        }
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] swapped(byte[] input, int one, int other) {
        List<String> lines = lines(input);
        if (Math.max(one, other) < lines.size()) {
            Collections.swap(lines, one, other);
        }
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** JSON, which is YAML too: a part goes, becomes something nasty, a list of itself, or a part of somewhere else. */
    static Edit<byte[]> tree(byte[] input, UniformRandomProvider random) {
        long seed = random.nextLong();
        return edit("tree edit " + seed, in -> {
            UniformRandomProvider own = Seeds.of(seed).generator();
            Object tree = Json.read(new String(in, StandardCharsets.UTF_8));
            return Json.write(TreeEdit.of(tree, own)).getBytes(StandardCharsets.UTF_8);
        });
    }

    private static final class TreeEdit {
        private final Object donor;
        private final UniformRandomProvider random;
        private int left;

        private TreeEdit(Object donor, int at, UniformRandomProvider random) {
            this.donor = donor;
            this.left = at;
            this.random = random;
        }

        static Object of(Object tree, UniformRandomProvider random) {
            Object donor = part(tree, new int[] {random.nextInt(size(tree))});
            return new TreeEdit(donor, 1 + random.nextInt(Math.max(1, size(tree) - 1)), random).edited(tree);
        }

        private static List<Object> below(Object node) {
            return node instanceof Map<?, ?> map
                    ? new ArrayList<>(map.values())
                    : node instanceof List<?> list ? new ArrayList<>(list) : List.of();
        }

        private static int size(Object node) {
            return 1 + below(node).stream().mapToInt(TreeEdit::size).sum();
        }

        private static Object part(Object node, int[] at) {
            if (at[0]-- == 0) {
                return node;
            }
            for (Object child : below(node)) {
                Object found = part(child, at);
                if (at[0] < 0) {
                    return found;
                }
            }
            return node;
        }

        @SuppressWarnings("unchecked")
        private Object edited(Object node) {
            if (left-- == 0) {
                return replacement(node);
            }
            if (node instanceof Map<?, ?> map) {
                Map<String, Object> copy = new LinkedHashMap<>();
                ((Map<String, Object>) map).forEach((key, child) -> {
                    boolean here = left == 0;
                    Object changed = edited(child);
                    int what = here ? random.nextInt(4) : 3;
                    if (what != 0) {
                        copy.put(what == 1 ? nasty() : key, changed);
                    }
                });
                return copy;
            }
            if (node instanceof List<?> list) {
                List<Object> copy = new ArrayList<>();
                list.forEach(child -> copy.add(edited(child)));
                return copy;
            }
            return node;
        }

        private Object replacement(Object node) {
            return switch (random.nextInt(7)) {
                case 0 -> nasty();
                case 1 -> donor;
                case 2 -> List.of(node);
                case 3 -> List.of(node, donor);
                case 4 -> List.of();
                case 5 -> Map.of();
                default -> number();
            };
        }

        private String nasty() {
            return NASTY.get(random.nextInt(NASTY.size()));
        }

        private Object number() {
            List<Object> numbers = List.of(
                    0L,
                    -1L,
                    1L,
                    2L,
                    3L,
                    1000L,
                    2_147_483_647L,
                    2_147_483_648L,
                    Long.MAX_VALUE,
                    Long.MIN_VALUE,
                    0.5,
                    -0.5,
                    1e308,
                    Double.MIN_VALUE,
                    1e-9);
            return numbers.get(random.nextInt(numbers.size()));
        }
    }
}
