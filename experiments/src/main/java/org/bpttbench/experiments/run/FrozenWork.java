package org.bpttbench.experiments.run;

import java.util.List;
import java.util.Optional;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.gradient.GradientStream;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.gradient.StreamPlan;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.random.Coin;
import org.bpttbench.experiments.spec.BiasSpec;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.TrainSpec;
import org.bpttbench.experiments.task.Task;
import org.bpttbench.variants.Estimators;

/**
 * The forward and backward work of a setting's first replicate for as long as one likes: its own data, network and
 * estimator, θ frozen where it begins. It is that of its training, or of its measured sequence over and over if it does
 * not train.
 */
public final class FrozenWork {
    /** Steps × lanes × parameters of a batch: some ten million floating-point operations, a millisecond or more. */
    private static final long BATCH = 2_000_000;

    private final Beginning beginning;
    private final GradientEstimator estimator;
    private final StreamPlan plan;

    private FrozenWork(Beginning beginning, GradientEstimator estimator, StreamPlan plan) {
        this.beginning = beginning;
        this.estimator = estimator;
        this.plan = plan;
    }

    /** Empty for a setting that neither trains nor measures bias: it has no gradients. */
    public static Optional<FrozenWork> of(Setting setting, Task task) {
        Beginning beginning = Beginning.of(new RunSpec(setting, 0), task);
        GradientEstimator estimator = Estimators.CATALOG.create("type", setting.estimator());
        return setting.train()
                .map(train -> trained(train, task))
                .or(() -> setting.bias().map(FrozenWork::measured))
                .map(plan -> new FrozenWork(beginning, estimator, plan));
    }

    /** As training has it, without its end. */
    private static StreamPlan trained(TrainSpec train, Task task) {
        long sequence = task.episode().orElse(train.sequence().orElse(train.steps()));
        return new StreamPlan(
                train.lanes(), 1, Long.MAX_VALUE, sequence, task.episode().isEmpty());
    }

    private static StreamPlan measured(BiasSpec bias) {
        return new StreamPlan(bias.sequences(), 1, Long.MAX_VALUE, bias.length(), false);
    }

    /** Sequences side by side. */
    public int lanes() {
        return plan.lanes();
    }

    /**
     * Time steps that are worth timing together: whole sequences where an estimator walks back over them or they are short,
     * else whole windows of typical length.
     */
    public long batch() {
        long parameters = Math.max(1, beginning.model().layout().size());
        long wanted = Math.max(1, BATCH / (parameters * plan.lanes()));
        double window = Math.ceil(estimator.nominalLength(plan));
        boolean whole = plan.sequence() <= wanted || window >= plan.sequence();
        long unit = whole ? plan.sequence() : Math.max(1, (long) window);
        return (wanted + unit - 1) / unit * unit;
    }

    /** A new stream at its start, with a network of its own. It belongs to one thread and never ends. */
    public GradientStream open(Kernels kernels) {
        Network network = beginning.network(kernels, beginning.theta());
        return estimator.open(network, source(network), plan, List.of(coin()));
    }

    private Source source(Network network) {
        Setting setting = beginning.setting();
        return setting.train().isPresent()
                ? beginning
                        .task()
                        .open(beginning.model(), plan.lanes(), beginning.seeds().at("task"))
                : beginning.recording(setting.bias().orElseThrow(), network);
    }

    private Coin coin() {
        return Coin.of(
                beginning.setting().train().isPresent()
                        ? beginning.seeds().at("cuts").generator()
                        : beginning.cuts(0).generator());
    }
}
