package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.cell.LstmCell;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.head.AffineHead;
import org.bpttbench.core.head.Loss;
import org.bpttbench.experiments.data.SplitText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
    private final Task system = new LinearDrive(0.5);
    private final Task letters = new CharLm(() -> SplitText.of("abcd".repeat(20)));

    private static Optional<Arguments> lstm(boolean bias) {
        return Optional.of(new Arguments(Map.of("cell", "lstm", "units", 7L, "bias", bias, "layers", 1L)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCellIsFittedToTheTask(boolean bias) {
        Model model = Models.build(letters, lstm(bias));
        assertThat(model.cell()).isEqualTo(new LstmCell(5, 7, bias));
        assertThat(model.head()).isEqualTo(new AffineHead(7, 5, bias, Loss.SOFTMAX_CROSS_ENTROPY));
    }

    @Test
    void aSystemTakesNoModel() {
        assertThat(Models.build(system, Optional.empty()).layout().size()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Models.build(system, lstm(true)))
                .withMessageContaining("leave model out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Models.build(letters, Optional.empty()))
                .withMessageContaining("model is required");
    }
}
