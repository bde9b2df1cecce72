package org.bpttbench.harness.calibration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpttbench.core.gradient.GradientEstimator;
import org.bpttbench.core.kernel.Backends;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.core.random.Seeds;
import org.bpttbench.experiments.measure.BiasMeasurement;
import org.bpttbench.experiments.measure.BiasProbe;
import org.bpttbench.experiments.run.Bundled;
import org.bpttbench.experiments.run.MeasuredSetting;
import org.bpttbench.experiments.run.TaskShelf;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.SweepReader;
import org.bpttbench.harness.stats.BiasEstimate;

/**
 * A setting of the sweep {@code networks.yaml}, drawn by the engine as a sweep's runs are. Where cuts are compensated its bias is
 * 0, else it is computed.
 */
record NetworkSubject(Setting setting, TaskShelf tasks) implements Subject {
    private static final String SWEEP = "networks.yaml";

    /** All of them, in the order of the sweep. */
    static List<NetworkSubject> all() {
        TaskShelf tasks = new TaskShelf();
        return new SweepReader(Bundled.catalogs(tasks))
                .read(SWEEP, source(), List.of()).settings().stream()
                        .map(setting -> new NetworkSubject(setting, tasks))
                        .toList();
    }

    private static byte[] source() {
        try (InputStream in = NetworkSubject.class.getResourceAsStream(SWEEP)) {
            if (in == null) {
                throw new IllegalStateException(SWEEP + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + SWEEP, e);
        }
    }

    /** Whether its true bias is 0. */
    boolean compensated() {
        return setting.estimator().text("type").equals("artbp");
    }

    private String cell() {
        return setting.model().orElseThrow().arguments().text("cell");
    }

    private String task() {
        return setting.task().text("type");
    }

    @Override
    public Map<String, Object> identity() {
        return Map.of("setting", setting.id());
    }

    @Override
    public Seeds below(Seeds root) {
        return root.at("networks").at(setting.id());
    }

    @Override
    public Map<String, String> columns() {
        return Map.of(
                "kind", "network",
                "cell", cell(),
                "task", task(),
                "estimator", setting.estimator().text("type"),
                "law", "constant",
                "mean", Json.write(setting.estimator().real("mean")),
                "lanes", setting.bias().orElseThrow().sequences() + " independent");
    }

    @Override
    public String words() {
        return cell() + ", " + task() + ", " + setting.estimator().text("type");
    }

    /** @param seeds not asked: a network has those of its sweep */
    @Override
    public Prepared prepare(Seeds seeds) {
        MeasuredSetting measured = MeasuredSetting.of(setting, tasks.get(setting));
        Kernels kernels = Backends.find("auto");
        GradientEstimator estimator = measured.estimator();
        Optional<Double> own = compensated() ? Optional.of(0.0) : Optional.of(bias(measured.probe(kernels), estimator));
        return new Prepared() {
            @Override
            public RowSource open(int draws) {
                BiasProbe probe = measured.probe(kernels);
                return (bias, chance) -> measure(probe, estimator, draws, bias, chance);
            }

            @Override
            public Optional<Double> ownBias() {
                return own;
            }
        };
    }

    private static double bias(BiasProbe probe, GradientEstimator estimator) {
        return BiasEstimate.of(List.of(probe.compute(estimator, 0)))
                .orElseThrow()
                .relativeBias();
    }

    private static BiasMeasurement measure(
            BiasProbe probe, GradientEstimator estimator, int draws, double bias, Seeds chance) {
        if (bias != 0) {
            throw new IllegalArgumentException("a network has the bias that it has");
        }
        return probe.measure(estimator, 0, draws, chance);
    }
}
