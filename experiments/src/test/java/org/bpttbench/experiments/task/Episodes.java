package org.bpttbench.experiments.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.catalog.Arguments;
import org.bpttbench.core.cell.Cells;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.kernel.PlainKernels;
import org.bpttbench.core.random.Seeds;

/** What the tests of episodic tasks share. */
final class Episodes {
    private Episodes() {}

    /** Shows the same seeded episodes to a test, one after the other. */
    static void each(EpisodeTask task, int count, Consumer<Episode> test) {
        UniformRandomProvider random = Seeds.of(11).at(task.data()).generator();
        Episode episode = new Episode(task);
        for (int i = 0; i < count; i++) {
            episode.clear();
            task.write(episode, random);
            test.accept(episode);
        }
    }

    /** The figures of a network that answers by hand. */
    static Map<String, Double> judge(EpisodeTask task, Split split, OracleHead.Answers answers) {
        return task.evaluate(network(task, answers), new double[0], split);
    }

    static Map<String, Double> judgePerfect(EpisodeTask task, Split split) {
        return judge(task, split, OracleHead.perfect(task.outputs(), task.loss()));
    }

    static Network network(EpisodeTask task, OracleHead.Answers answers) {
        var cell = Cells.CATALOG
                .create("cell", new Arguments(Map.of("cell", "tanh", "units", 1L, "layers", 1L, "bias", true)))
                .make(task.inputs());
        Network network = new Network(
                new Model(cell, new OracleHead(task.outputs(), task.loss(), answers)), PlainKernels.INSTANCE);
        network.load(new double[network.parameters()]);
        return network;
    }

    /**
     * Whether counts are as a uniform law has them, by Pearson's statistic. For a uniform law this fails once in 10⁵ seeds:
     * the bound is the quantile of chi-square by Wilson and Hilferty.
     */
    static void assertUniform(long[] counts) {
        double expected = (double) Arrays.stream(counts).sum() / counts.length;
        double statistic = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        double freedom = counts.length - 1.0;
        double spread = 2.0 / (9.0 * freedom);
        double root = 1.0 - spread + 4.265 * Math.sqrt(spread);
        assertThat(statistic).isLessThan(freedom * root * root * root);
    }

    /** Four standard errors of a share: exceeded once in 16,000 seeds. */
    static double shareError(double share, int of) {
        return 4.0 * Math.sqrt(share * (1.0 - share) / of);
    }
}
