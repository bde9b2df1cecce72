package org.bpttbench.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpttbench.harness.report.ColumnGuide;
import org.junit.jupiter.api.Test;

/** What a verdict and its reason may say is explained to those who read it. */
class ReasonsTest {
    private static Set<String> explained(String column) {
        return ColumnGuide.bundled().words().stream()
                .filter(word -> word.file().equals("bias.csv") && word.column().equals(column))
                .map(ColumnGuide.Word::word)
                .collect(Collectors.toSet());
    }

    @Test
    void everyVerdictIsExplained() {
        List<String> verdicts = Stream.of(Verdict.values()).map(Verdict::key).toList();
        assertThat(explained("verdict")).containsExactlyInAnyOrderElementsOf(verdicts);
    }

    @Test
    void everyReasonIsExplained() {
        List<String> reasons = Stream.of(Judgement.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Judgement.class)
                .map(ReasonsTest::reason)
                .filter(reason -> !reason.isEmpty())
                .toList();
        assertThat(reasons).contains("zero-gradient", "diverged");
        assertThat(explained("reason")).containsExactlyInAnyOrderElementsOf(reasons);
    }

    private static String reason(Field field) {
        try {
            field.setAccessible(true);
            return ((Judgement) field.get(null)).reason();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
