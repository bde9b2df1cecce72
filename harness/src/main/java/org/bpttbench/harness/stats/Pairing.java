package org.bpttbench.harness.stats;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.PartialSetting;
import org.bpttbench.experiments.spec.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Which settings of a baseline and a candidate are compared.
 *
 * @param pairs in the order of the baseline
 * @param differing the paths at which the two sides have other values
 * @param baselineAlone settings without a partner
 * @param candidateAlone settings without a partner
 */
public record Pairing(
        List<SettingPair> pairs, List<Differing> differing, List<Setting> baselineAlone, List<Setting> candidateAlone) {

    /**
     * A path with what stands there.
     *
     * @param baseline its values, {@value #NOTHING} where a setting has none
     * @param candidate as well
     */
    public record Differing(String path, List<String> baseline, List<String> candidate) {
        /** Whether each side has one value throughout: then settings are paired in spite of it. */
        public boolean isFixed() {
            return baseline.size() == 1 && candidate.size() == 1;
        }

        boolean isOneSided() {
            return baseline.contains(NOTHING) || candidate.contains(NOTHING);
        }

        /** As in {@code init.type: identity | orthogonal}. */
        @Override
        public String toString() {
            return path + ": " + String.join(", ", baseline) + " | " + String.join(", ", candidate);
        }
    }

    /** Stands for no value. */
    private static final String NOTHING = "-";

    private static final String TASK = "task.";
    private static final String TASK_TYPE = TASK + "type";
    private static final String DATA = TASK + "data";
    private static final String SEED = "seed";

    /** The name under which a segment's length goes in either family of truncations: see {@link SegmentLength}. */
    private static final String LENGTH = "segment length";

    public Pairing {
        pairs = List.copyOf(pairs);
        differing = List.copyOf(differing);
        baselineAlone = List.copyOf(baselineAlone);
        candidateAlone = List.copyOf(candidateAlone);
    }

    /**
     * Of two results folders: settings with the same id; else those that agree once the paths are left out that each folder
     * keeps fixed and in which the two differ. Tasks of different types are never compared. Replicates are paired by number
     * where seed and data agree.
     */
    public static Pairing ofFolders(List<SettingRuns> baseline, List<SettingRuns> candidate) {
        List<Differing> differing = differing(baseline, candidate);
        Set<String> ignored = new HashSet<>();
        differing.stream()
                .filter(each -> each.isFixed() && !each.path().equals(TASK_TYPE))
                .forEach(each -> ignored.add(each.path()));
        Map<String, SettingRuns> byId = new LinkedHashMap<>();
        Map<String, SettingRuns> byTree = new LinkedHashMap<>();
        candidate.forEach(runs -> {
            byId.put(runs.setting().id(), runs);
            byTree.put(reduced(runs.setting(), ignored), runs);
        });
        List<SettingPair> pairs = new ArrayList<>();
        for (SettingRuns own : baseline) {
            SettingRuns other = byId.get(own.setting().id());
            if (other == null) {
                other = byTree.get(reduced(own.setting(), ignored));
            }
            if (other != null) {
                pairs.add(new SettingPair(own, other, sameData(own.setting(), other.setting())));
            }
        }
        return paired(pairs, baseline, candidate, differing);
    }

    /**
     * Of two estimators in one sweep: settings that agree in all but the estimator and how it is measured. Where each side
     * has several values of a parameter that both have, lengths of segments being one, and some values are the same, only
     * equal ones are paired. Of what a sweep chooses among, an arm's choice is compared, once there is one.
     */
    public static Pairing ofEstimators(
            List<SettingRuns> settings, PartialSetting baseline, PartialSetting candidate, Choices choices) {
        List<SettingRuns> first = offered(settings, baseline, choices);
        List<SettingRuns> second = offered(settings, candidate, choices);
        Set<String> shared = shared(first, second);
        List<SettingPair> pairs = new ArrayList<>();
        for (SettingRuns own : first) {
            for (SettingRuns other : second) {
                if (rest(own.setting(), choices).equals(rest(other.setting(), choices))
                        && agree(own.setting(), other.setting(), shared)) {
                    pairs.add(new SettingPair(own, other, true));
                }
            }
        }
        return paired(pairs, first, second, differing(first, second));
    }

    /**
     * What keeps the two sides apart throughout, as in {@code init.type: identity | orthogonal}: the paths that settings are
     * paired in spite of, those left out that an entry of another type brings along.
     */
    public List<String> apart() {
        Set<String> entries = new HashSet<>();
        differing.stream()
                .filter(each -> each.path.endsWith(".type") || each.path.endsWith(".cell"))
                .forEach(each -> entries.add(each.path.substring(0, each.path.lastIndexOf('.') + 1)));
        return differing.stream()
                .filter(Differing::isFixed)
                .filter(each -> !each.isOneSided() || entries.stream().noneMatch(each.path::startsWith))
                .map(Differing::toString)
                .toList();
    }

    private static Pairing paired(
            List<SettingPair> pairs,
            List<SettingRuns> baseline,
            List<SettingRuns> candidate,
            List<Differing> differing) {
        Set<Setting> before = new HashSet<>();
        Set<Setting> after = new HashSet<>();
        pairs.forEach(pair -> {
            before.add(pair.baseline().setting());
            after.add(pair.candidate().setting());
        });
        return new Pairing(pairs, differing, without(baseline, before), without(candidate, after));
    }

    private static List<Setting> without(List<SettingRuns> all, Set<Setting> known) {
        return all.stream()
                .map(SettingRuns::setting)
                .filter(setting -> !known.contains(setting))
                .toList();
    }

    private static List<Differing> differing(List<SettingRuns> baseline, List<SettingRuns> candidate) {
        List<Map<String, Object>> before =
                baseline.stream().map(runs -> leaves(runs.setting())).toList();
        List<Map<String, Object>> after =
                candidate.stream().map(runs -> leaves(runs.setting())).toList();
        Set<String> paths = new TreeSet<>();
        before.forEach(leaves -> paths.addAll(leaves.keySet()));
        after.forEach(leaves -> paths.addAll(leaves.keySet()));
        List<Differing> differing = new ArrayList<>();
        for (String path : paths) {
            Differing each = new Differing(path, texts(before, path), texts(after, path));
            if (!each.baseline.equals(each.candidate)) {
                differing.add(each);
            }
        }
        return differing;
    }

    private static List<String> texts(List<Map<String, Object>> settings, String path) {
        Set<String> texts = new LinkedHashSet<>();
        settings.forEach(leaves -> texts.add(text(leaves.get(path))));
        return texts.stream().sorted(Pairing::byNumber).toList();
    }

    /** Numbers by size, so that the order of an axis makes no difference. */
    private static int byNumber(String one, String other) {
        boolean numbers = isNumber(one) && isNumber(other);
        return numbers ? Double.compare(Double.parseDouble(one), Double.parseDouble(other)) : one.compareTo(other);
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return NOTHING;
        }
        String text = value instanceof String word ? word : Json.write(value);
        return text.matches("-?[0-9]+\\.0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String reduced(Setting setting, Set<String> ignored) {
        Map<String, Object> leaves = new TreeMap<>(leaves(setting));
        leaves.keySet().removeAll(ignored);
        return Json.canonical(leaves);
    }

    /** All that a setting says, by path, and the hash of its task's data. */
    private static Map<String, Object> leaves(Setting setting) {
        Map<String, Object> leaves = new LinkedHashMap<>();
        setting.tree().forEach((key, value) -> grow(key, value, leaves));
        if (setting.identity().get("task") instanceof Map<?, ?> task && task.get("data") instanceof String hash) {
            leaves.put(DATA, hash);
        }
        return leaves;
    }

    private static void grow(String path, Object value, Map<String, Object> into) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, below) -> grow(path + '.' + key, below, into));
        } else {
            into.put(path, value);
        }
    }

    /** Equal seeds and tasks give replicates of one number the same data, and the same weights where these agree. */
    private static boolean sameData(Setting one, Setting other) {
        Map<String, Object> own = leaves(one);
        Map<String, Object> theirs = leaves(other);
        own.keySet().removeIf(path -> !path.equals(SEED) && !path.startsWith(TASK));
        theirs.keySet().removeIf(path -> !path.equals(SEED) && !path.startsWith(TASK));
        return own.equals(theirs);
    }

    private static List<SettingRuns> offered(List<SettingRuns> settings, PartialSetting wanted, Choices choices) {
        return settings.stream()
                .filter(runs -> wanted.matches(runs.setting()))
                .filter(runs ->
                        choices.of(runs.setting()).map(runs.setting()::equals).orElse(true))
                .toList();
    }

    /** All but the estimator, how it is measured, and what its arm chose. */
    private static String rest(Setting setting, Choices choices) {
        Set<String> ignored = new HashSet<>();
        choices.among(setting).ifPresent(ignored::add);
        return reduced(BiasPairResult.rest(setting), ignored);
    }

    private static String reduced(Map<String, Object> tree, Set<String> ignored) {
        Map<String, Object> leaves = new TreeMap<>();
        tree.forEach((key, value) -> grow(key, value, leaves));
        leaves.keySet()
                .removeIf(path -> ignored.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + '.')));
        return Json.canonical(leaves);
    }

    /** The estimators' parameters that vary on both sides and have a value in common. */
    private static Set<String> shared(List<SettingRuns> first, List<SettingRuns> second) {
        Set<String> keys = new TreeSet<>();
        first.forEach(runs -> keys.addAll(parameters(runs.setting()).keySet()));
        keys.removeIf(key -> {
            Set<Optional<Object>> before = values(first, key);
            Set<Optional<Object>> after = values(second, key);
            boolean varied = before.size() > 1 && after.size() > 1;
            before.retainAll(after);
            return !varied || before.isEmpty();
        });
        return keys;
    }

    private static Set<Optional<Object>> values(List<SettingRuns> settings, String key) {
        Set<Optional<Object>> values = new HashSet<>();
        settings.forEach(runs ->
                values.add(Optional.ofNullable(parameters(runs.setting()).get(key))));
        return values;
    }

    private static boolean agree(Setting one, Setting other, Set<String> keys) {
        Map<String, Object> own = parameters(one);
        Map<String, Object> theirs = parameters(other);
        return keys.stream()
                .allMatch(key -> Optional.ofNullable(own.get(key)).equals(Optional.ofNullable(theirs.get(key))));
    }

    /** Of the estimator, by path; the length of a window and the mean of random segments under one name. */
    private static Map<String, Object> parameters(Setting setting) {
        Map<String, Object> parameters = new TreeMap<>();
        setting.estimator().values().forEach((key, value) -> grow(key, value, parameters));
        parameters.remove("type");
        SegmentLength.KEYS.forEach(parameters::remove);
        SegmentLength.of(setting).ifPresent(length -> parameters.put(LENGTH, length));
        return parameters;
    }
}
