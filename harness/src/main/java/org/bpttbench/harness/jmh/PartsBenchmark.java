package org.bpttbench.harness.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bpttbench.core.cell.Transition;
import org.bpttbench.core.gradient.Model;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Source;
import org.bpttbench.core.head.Readout;
import org.bpttbench.core.kernel.Backends;
import org.bpttbench.core.kernel.LstmGates;
import org.bpttbench.core.tape.Tape;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Where the time of a step goes: its parts one by one, for all lanes of one time step, on a tape of 20 steps: a longer one of 128 units
 * and 32 lanes would just about fill a last-level cache, and how much of that there is depends on who else uses it. The
 * recurrence holds its elementwise part, which is timed alone as well; all else adds up to a step of {@link StepBenchmark}, but for
 * the walk itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class PartsBenchmark {
    private static final int STEPS = 20;

    /** The cell, with its lanes. */
    @Param({"lstm-32/1", "lstm-128/32", "lstm-512/32"})
    private String subject = "";

    @Param({"plain", "vector"})
    private String backend = "";

    private int units;
    private int lanes;
    private Model model = Subjects.model("lstm-1");
    private Network network = new Network(model, Backends.find("plain"));
    private LstmGates gates = Backends.find("plain").lstmGates();
    private Tape tape = new Tape(model.tape(1, false), STEPS);
    private double[] adjoint = {};
    private double[] before = {};
    /** Of as many steps as a backward pass keeps before it pulls them into the gradient. */
    private double[] deltas = {};

    private int block;
    private double[] gradient = {};

    /** Runs the tape forward once. */
    @Setup(Level.Iteration)
    public void prepare() {
        String[] parts = subject.split("/", 2);
        units = Integer.parseInt(parts[0].substring("lstm-".length()));
        lanes = Integer.parseInt(parts[1]);
        model = Subjects.model(parts[0]);
        network = new Network(model, Backends.find(backend));
        network.load(Subjects.theta(network.parameters()));
        gates = Backends.find(backend).lstmGates();
        Source source = Subjects.source(model, lanes);
        tape = new Tape(model.tape(lanes, false), STEPS);
        tape.restart(source.startState());
        tape.append(STEPS);
        source.fill(tape, 0, STEPS);
        network.forward(tape, 0, STEPS);
        network.losses(tape, 0, STEPS);
        adjoint = new double[lanes * model.cell().stateSize()];
        Arrays.fill(adjoint, 0.01);
        before = new double[adjoint.length];
        int stepDeltas = lanes * model.cell().deltaSize();
        block = Math.min(STEPS, Math.max(1, Math.max(1 << 16, network.parameters()) / stepDeltas));
        deltas = new double[block * stepDeltas];
        gradient = new double[network.parameters()];
    }

    /** What the input adds, for all steps at once. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double[] input() {
        network.transition().prepare(tape, 0, STEPS);
        return tape.traces();
    }

    /** Steps forward, from the traces that the time before left instead of what the input adds. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double[] recurrenceForward() {
        Transition transition = network.transition();
        for (int k = 0; k < STEPS; k++) {
            transition.step(tape, k);
        }
        return tape.states();
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double[] elementwiseForward() {
        for (int row = 0; row < STEPS * lanes; row++) {
            int before = row * 2 * units;
            gates.step(units, tape.traces(), row * 5 * units, tape.states(), before, before + lanes * 2 * units);
        }
        return tape.states();
    }

    /** Steps back, from the last to the first. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double[] recurrenceBackward() {
        Transition transition = network.transition();
        int size = lanes * model.cell().deltaSize();
        for (int k = STEPS - 1; k >= 0; k--) {
            transition.pullState(tape, k, lanes, adjoint, deltas, k % block * size, before);
        }
        return before;
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double[] elementwiseBackward() {
        for (int row = STEPS * lanes - 1; row >= 0; row--) {
            int at = row % lanes * 2 * units;
            gates.pull(
                    units,
                    tape.traces(),
                    row * 5 * units,
                    tape.states(),
                    row * 2 * units,
                    adjoint,
                    at,
                    deltas,
                    row % (block * lanes) * 4 * units,
                    before);
        }
        return before;
    }

    /** Of the cell: recurrent, input, bias. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double[] weightGradient() {
        for (int to = STEPS; to > 0; to -= block) {
            network.transition().pullParams(tape, Math.max(0, to - block), to, deltas, lanes, 0, gradient, 0);
        }
        return gradient;
    }

    /** Predictions, losses, what they mean for the states, and the head's own gradient. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double[] head() {
        Readout readout = network.readout();
        readout.losses(tape, 0, STEPS);
        readout.adjoints(tape, 0, STEPS);
        readout.pullParams(tape, 0, STEPS, null, 0, lanes, gradient, network.headOffset());
        return gradient;
    }
}
