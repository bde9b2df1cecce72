package org.bpttbench.experiments.task;

import java.util.OptionalLong;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.random.Seeds;

/** A task that is a system driven by its parameter alone: no input, one number put out, an endless stream, no data. */
interface DrivenTask extends Task {
    /** The steps: nothing goes in, the same target at each. */
    DrivenSource source(Model model);

    @Override
    default int inputs() {
        return 0;
    }

    @Override
    default boolean tokens() {
        return false;
    }

    @Override
    default int outputs() {
        return 1;
    }

    @Override
    default OptionalLong episode() {
        return OptionalLong.empty();
    }

    @Override
    default Source open(Model model, int lanes, Seeds seeds) {
        return source(model);
    }
}
