package org.bpttbench.harness.stats;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpttbench.experiments.spec.PartialSetting;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;

/**
 * What each setting is compared with: the setting of the reference arm that agrees with it in all that the sweep's
 * {@code reference} does not name. Estimators need not agree, for most have no parameters in common; where that leaves more
 * than one, their common parameters must.
 */
final class References {
    private static final String ESTIMATOR = "estimator";

    /** The keys under which maps name their entries. */
    private static final List<String> TAGS = List.of(".type", ".cell");

    private final Sweep sweep;
    private final Choices choices;
    private final Set<String> free = new HashSet<>();

    /** @param choices of each arm only what it chooses is compared with */
    References(Sweep sweep, Choices choices) {
        this.sweep = sweep;
        this.choices = choices;
        sweep.reference().map(PartialSetting::paths).ifPresent(free::addAll);
        sweep.choose().map(Sweep.Choose::among).ifPresent(free::add);
    }

    /** Empty for the reference arm itself, and where no setting or more than one will do. */
    Optional<Setting> of(Setting setting) {
        Optional<PartialSetting> reference = sweep.reference();
        if (reference.isEmpty() || reference.get().matches(setting)) {
            return Optional.empty();
        }
        List<Setting> candidates = sweep.settings().stream()
                .filter(reference.get()::matches)
                .filter(each -> isOffered(each) && agree("", setting.tree(), each.tree()))
                .toList();
        if (candidates.size() > 1) {
            candidates = candidates.stream()
                    .filter(each -> agreeBelow(
                            ESTIMATOR,
                            setting.estimator().values(),
                            each.estimator().values()))
                    .toList();
        }
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    private boolean isOffered(Setting setting) {
        boolean choosable = sweep.choose()
                .map(choose -> setting.value(choose.among()).isPresent())
                .orElse(false);
        return !choosable || choices.of(setting).equals(Optional.of(setting));
    }

    @SuppressWarnings("unchecked") // a setting's maps have text keys
    private boolean agree(String path, Object one, Object other) {
        if (free.contains(path) || path.equals(ESTIMATOR)) {
            return true;
        }
        if (one instanceof Map && other instanceof Map) {
            return agreeBelow(path, (Map<String, Object>) one, (Map<String, Object>) other);
        }
        return one.equals(other);
    }

    private boolean agreeBelow(String path, Map<String, Object> one, Map<String, Object> other) {
        boolean otherEntry = TAGS.stream().anyMatch(tag -> free.contains(path + tag));
        Set<String> keys = new HashSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys.stream().allMatch(key -> {
            String below = path.isEmpty() ? key : path + '.' + key;
            Object own = one.get(key);
            Object theirs = other.get(key);
            if (own == null || theirs == null) {
                return otherEntry || free.contains(below);
            }
            return agree(below, own, theirs);
        });
    }
}
