package org.bpttbench.experiments.run;

import java.util.concurrent.atomic.AtomicLong;
import org.bpttbench.experiments.spec.RunSpec;

/** Where a run is. Its own thread tells it at every window, for the price of a store. */
final class RunPosition implements RunInFlight {
    private final RunSpec spec;
    private final RunWork work;
    private final long end;
    private final int measurements;
    private final double startShare;
    private final AtomicLong step = new AtomicLong();
    private final AtomicLong measured = new AtomicLong();

    /** Of an execution that has not begun to work, in this process. */
    static RunPosition of(RunSpec spec, RunWork work, Execution execution) {
        int measurements = spec.setting().bias().map(bias -> bias.at().size()).orElse(0);
        return new RunPosition(spec, work, execution.end(), measurements, execution.position(), execution.measured());
    }

    /**
     * @param end the step at which training ends; 0 for a run that does not train
     * @param measurements of bias, at the end
     * @param step trained in earlier processes
     * @param measured in earlier processes
     */
    RunPosition(RunSpec spec, RunWork work, long end, int measurements, long step, int measured) {
        this.spec = spec;
        this.work = work;
        this.end = end;
        this.measurements = measurements;
        at(step, measured);
        this.startShare = share();
    }

    /** By the run's thread alone; not ordered with anything else, so that it costs nothing. */
    void at(long newStep, int newMeasured) {
        step.lazySet(newStep);
        measured.lazySet(newMeasured);
    }

    @Override
    public RunSpec spec() {
        return spec;
    }

    @Override
    public long step() {
        return step.get();
    }

    @Override
    public long end() {
        return end;
    }

    /**
     * Training by its steps, evaluations spread evenly over them, bias by its measurements, each as large a part as it has of
     * what there is to compute.
     */
    @Override
    public double share() {
        double total = work.total();
        double trained = end == 0 ? 0 : Math.min(1.0, (double) step.get() / end);
        double known = measurements == 0 ? 0 : Math.min(1.0, (double) measured.get() / measurements);
        double done = (work.training() + work.evaluation()) * trained + work.measuring() * known;
        return total > 0 ? Math.min(1.0, done / total) : 0;
    }

    @Override
    public double startShare() {
        return startShare;
    }
}
