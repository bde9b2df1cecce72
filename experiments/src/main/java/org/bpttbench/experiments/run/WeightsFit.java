package org.bpttbench.experiments.run;

import java.util.ArrayList;
import java.util.List;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.init.Initializer;
import org.bpttbench.core.init.Initializers;
import org.bpttbench.core.param.ParamBlock;
import org.bpttbench.core.param.Role;
import org.bpttbench.experiments.spec.InitSpec;
import org.bpttbench.experiments.spec.ModelSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SettingCheck;
import org.bpttbench.experiments.task.Models;

/** Whether the laws of initial weights can fill the matrices of the setting's network: some need square ones. */
record WeightsFit(TaskShelf tasks) implements SettingCheck {
    @Override
    public List<Objection> check(Setting setting) {
        InitSpec init = setting.init();
        Model model = Models.build(tasks.get(setting), setting.model().map(ModelSpec::arguments));
        if (!MemorySuffices.fitsAnArray(model)) {
            return List.of(); // said by that check
        }
        List<Objection> objections = new ArrayList<>();
        check("init", init.recurrent(), Role.RECURRENT, model, objections);
        check("init.input", init.input(), Role.INPUT, model, objections);
        check("init.readout", init.readout(), Role.READOUT, model, objections);
        return objections;
    }

    private static void check(String path, Arguments law, Role role, Model model, List<Objection> objections) {
        Initializer initializer = Initializers.CATALOG.create("type", law);
        for (ParamBlock block : model.layout().blocks()) {
            if (block.role() == role) {
                initializer
                        .refusal(block.rows(), block.gateCols())
                        .ifPresent(why -> objections.add(Objection.error(path, path + ": " + why)));
            }
        }
    }
}
