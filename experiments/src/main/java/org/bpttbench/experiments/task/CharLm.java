package org.bpttbench.experiments.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.catalog.Entry;
import org.bpttbench.core.catalog.Parameter;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.head.Loss;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.data.SplitText;
import org.bpttbench.experiments.data.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Prediction of the next character of a text. The text is split 90/5/5 into contiguous parts, or given in three files.
 * Symbols are the distinct characters of the training part and one more for all others, so that validation and test
 * characters which training never saw cost what that one symbol costs. The text is read when something first needs it.
 *
 * <p>The measure is bits per character over the whole of a part, lower is better.
 */
public final class CharLm implements Task {
    /** {@code type: char-lm}. */
    public static final Entry<Task> ENTRY = new Entry<>(
            "char-lm",
            "prediction of the next character of a text",
            "the kind of task of Tallec & Ollivier 2017, who used the Penn Treebank",
            List.of(
                    Parameter.text("text", Texts.NAMES + ", split 90/5/5").optional(),
                    Parameter.text("train", "path of the training text, instead of text")
                            .optional(),
                    Parameter.text("valid", "path of the validation text").optional(),
                    Parameter.text("test", "path of the test text").optional(),
                    Parameter.integer("characters", "take only so many characters, the first, of text")
                            .atLeast(1)
                            .atMost(Integer.MAX_VALUE)
                            .optional()),
            CharLm::of);

    private static final String BPC = "bpc";

    private final Supplier<SplitText> reading;
    private volatile @Nullable SplitText text;

    /** @param reading called once, when the text is first needed; again only if it threw */
    CharLm(Supplier<SplitText> reading) {
        this.reading = reading;
    }

    private static Task of(Arguments arguments) {
        List<String> given = new ArrayList<>(List.of("train", "valid", "test"));
        given.removeIf(name -> !arguments.has(name));
        if (arguments.has("text") ? !given.isEmpty() : given.size() < 3) {
            throw new IllegalArgumentException("char-lm takes either text or all of train, valid and test, not "
                    + String.join(", ", arguments.values().keySet()));
        }
        return arguments.has("text") ? ofText(arguments) : ofFiles(arguments);
    }

    private static Task ofText(Arguments arguments) {
        String name = arguments.text("text");
        if (!Texts.known(name)) {
            throw new IllegalArgumentException("no text is named '" + name + "'; there are " + Texts.NAMES);
        }
        if (!arguments.has("characters")) {
            return new CharLm(() -> SplitText.of(Texts.named(name)));
        }
        long characters = arguments.whole("characters");
        return new CharLm(() -> SplitText.of(Texts.named(name), characters));
    }

    private static Task ofFiles(Arguments arguments) {
        if (arguments.has("characters")) {
            throw new IllegalArgumentException("characters goes with text; train, valid and test are taken whole");
        }
        String train = arguments.text("train");
        String valid = arguments.text("valid");
        String test = arguments.text("test");
        return new CharLm(() -> SplitText.of(Texts.file(train), Texts.file(valid), Texts.file(test)));
    }

    private SplitText text() {
        SplitText read = text;
        if (read == null) {
            synchronized (this) {
                read = text;
                if (read == null) {
                    read = reading.get();
                    text = read;
                }
            }
        }
        return read;
    }

    private int[] part(Split split) {
        return switch (split) {
            case TRAIN -> text().train();
            case VALID -> text().valid();
            case TEST -> text().test();
        };
    }

    @Override
    public int inputs() {
        return text().vocabulary().size();
    }

    @Override
    public boolean tokens() {
        return true;
    }

    @Override
    public int outputs() {
        return inputs();
    }

    @Override
    public Loss loss() {
        return Loss.SOFTMAX_CROSS_ENTROPY;
    }

    @Override
    public OptionalLong episode() {
        return OptionalLong.empty();
    }

    @Override
    public boolean splits() {
        return true;
    }

    @Override
    public Source open(Model model, int lanes, Seeds seeds) {
        return new CharacterSource(part(Split.TRAIN), lanes, startState(model), seeds);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric(BPC, "bits per character", true, "mean of −log₂ p(next character) over the whole part"));
    }

    @Override
    public long evaluatedSteps(Split split) {
        return part(split).length;
    }

    @Override
    public Map<String, Double> evaluate(Network network, double[] theta, Split split) {
        double[] start = startState(network.model());
        return Map.of(BPC, new BitsPerCharacter(part(split)).of(network, start, BitsPerCharacter.STRETCH));
    }

    /** {@code unigram} and {@code bigram}, counted on the training part; add-one and Witten–Bell smoothing. */
    @Override
    public Map<String, Map<String, Double>> baselines(Split split) {
        CharacterCounts counts = new CharacterCounts(part(Split.TRAIN), outputs());
        Map<String, Double> methods = new LinkedHashMap<>();
        methods.put("unigram", counts.unigramBits(part(split)));
        methods.put("bigram", counts.bigramBits(part(split)));
        return Map.of(BPC, methods);
    }

    @Override
    public String dataHash() {
        return text().hash();
    }
}
