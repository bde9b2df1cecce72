package org.bpttbench.core.gradient;

import java.util.Arrays;
import org.bpttbench.core.head.Readout;
import org.bpttbench.core.tape.Tape;
import org.jspecify.annotations.Nullable;

/**
 * The backward loop. There is one in the repository: a truncation decides the window, its carries and injections; this
 * walks it. With δ the adjoint of the state, w the carry and J_t = ∂s_t/∂s_{t−1}:
 *
 * <pre>δ_t = w_t · J_{t+1}ᵀ δ_{t+1} + [injected] ∂ℓ_t/∂s_t        g = Σ_t (∂⁺s_t/∂θ)ᵀ δ_t</pre>
 *
 * <p>The adjoint has R·B rows over the B lanes of the tape: R draws share one forward pass and one product per step.
 * Parameters are pulled in blocks of steps, in descending time; the accumulation order makes the division into blocks or
 * windows invisible in the bits. Allocates nothing once it has seen its largest window. Belongs to one thread.
 *
 * <p><i>Reference:</i> Werbos 1990; with w the compensation factors, Tallec &amp; Ollivier 2017, equation 11.
 */
public final class BackwardPass {
    /**
     * Doubles of deltas kept before they are pulled into the gradient: half a typical second-level cache, or as many as
     * the gradients of all draws have, since each pull reads and writes them.
     */
    private static final int DELTA_BUDGET = 1 << 16;

    private final Network network;
    private final int rows;
    private final int lanes;
    private final int draws;
    private final int width;
    private final int features;
    private final int deltaSize;
    private final int blockSteps;
    private double[] deltas = {};
    private double[] incoming;
    private double[] outgoing;

    /**
     * @param lanes B
     * @param draws R
     */
    public BackwardPass(Network network, int lanes, int draws) {
        this.network = network;
        this.lanes = lanes;
        this.draws = draws;
        this.rows = Math.multiplyExact(lanes, draws);
        this.width = network.model().cell().stateSize();
        this.features = network.model().cell().outputSize();
        this.deltaSize = network.model().cell().deltaSize();
        int stepDeltas = Math.multiplyExact(rows, deltaSize);
        this.blockSteps = Math.max(1, Math.max(DELTA_BUDGET, draws * network.parameters()) / stepDeltas);
        this.incoming = new double[Math.multiplyExact(rows, width)];
        this.outgoing = new double[rows * width];
    }

    /**
     * Walks a window back.
     *
     * @param base the slot of the window's first step; the window's steps were run forward, losses included
     * @param adjoint {@code [rows×stateSize]}: on entry with respect to the state after the window's last step, from
     *     whatever lies behind it; overwritten with the adjoint of the state before its first step
     * @param gradient {@code [R×P]}: added to
     * @return adjoint rows pulled, those that were exactly zero not counted
     */
    public long run(Tape tape, int base, Window window, double[] adjoint, double[] gradient) {
        System.arraycopy(adjoint, 0, incoming, 0, rows * width);
        makeRoom(window.steps());
        pullHead(tape, base, window, gradient);
        long pulled = 0;
        int blockEnd = window.steps();
        int first = firstInjection(window);
        for (int j = window.steps() - 1; j >= 0; j--) {
            scale(window, j);
            inject(tape, base + j, window, j);
            int active = activeRows();
            if (active == 0 && j <= first) {
                pullBlock(tape, base, j + 1, blockEnd, gradient);
                Arrays.fill(adjoint, 0, rows * width, 0.0);
                return pulled;
            }
            int blockStart = Math.max(0, blockEnd - blockSteps);
            int at = (j - blockStart) * rows * deltaSize;
            if (active == 0) {
                Arrays.fill(deltas, at, at + rows * deltaSize, 0.0);
            } else {
                network.transition().pullState(tape, base + j, rows, incoming, deltas, at, outgoing);
                swap();
                pulled += active;
            }
            if (j == blockStart) {
                pullBlock(tape, base, j, blockEnd, gradient);
                blockEnd = j;
            }
        }
        System.arraycopy(incoming, 0, adjoint, 0, rows * width);
        return pulled;
    }

    /** A stream of short windows is not made to pay for the block of a long one. */
    private void makeRoom(int steps) {
        int needed = Math.min(steps, blockSteps) * rows * deltaSize;
        if (deltas.length < needed) {
            int largest = blockSteps * rows * deltaSize;
            deltas = new double[Math.min(largest, Math.max(needed, 2 * deltas.length))];
        }
    }

    private void swap() {
        double[] spare = incoming;
        incoming = outgoing;
        outgoing = spare;
    }

    private void scale(Window window, int j) {
        double[] carries = window.carries();
        if (carries == null) {
            return;
        }
        for (int row = 0; row < rows; row++) {
            double carry = carries[j * rows + row];
            int at = row * width;
            if (carry == 0.0) {
                // Not a product: a cut also stops what is not finite.
                Arrays.fill(incoming, at, at + width, 0.0);
            } else if (carry != 1.0) {
                for (int i = 0; i < width; i++) {
                    incoming[at + i] *= carry;
                }
            }
        }
    }

    private void inject(Tape tape, int slot, Window window, int j) {
        double[] sources = tape.lossAdjoints();
        for (int row = 0; row < rows; row++) {
            int source = slot * lanes + row % lanes;
            if (tape.masks()[source] && window.injects(j, row)) {
                for (int i = 0; i < features; i++) {
                    incoming[row * width + i] += sources[source * features + i];
                }
            }
        }
    }

    private int activeRows() {
        int active = 0;
        for (int row = 0; row < rows; row++) {
            int at = row * width;
            int end = at + width;
            while (at < end && incoming[at] == 0.0) {
                at++;
            }
            if (at < end) {
                active++;
            }
        }
        return active;
    }

    /** The first step that injects anything: before it, an adjoint of zero stays zero. It may lie before the window. */
    private static int firstInjection(Window window) {
        if (window.continued()) {
            return -1;
        }
        boolean[] injections = window.injections();
        if (injections == null) {
            return window.lookback();
        }
        int size = window.steps() * window.rows();
        int at = 0;
        while (at < size && !injections[at]) {
            at++;
        }
        return at / window.rows();
    }

    /** Adds the gradients of window steps {@code [from, to)}, whose deltas fill the end of the block. */
    private void pullBlock(Tape tape, int base, int from, int to, double[] gradient) {
        if (from == to) {
            return;
        }
        int blockStart = Math.max(0, to - blockSteps);
        if (from > blockStart) {
            // An early stop: move the deltas to where the cell expects those of its first slot.
            int size = rows * deltaSize;
            System.arraycopy(deltas, (from - blockStart) * size, deltas, 0, (to - from) * size);
        }
        for (int draw = 0; draw < draws; draw++) {
            network.transition()
                    .pullParams(
                            tape,
                            base + from,
                            base + to,
                            deltas,
                            rows,
                            draw * lanes,
                            gradient,
                            draw * network.parameters());
        }
    }

    private void pullHead(Tape tape, int base, Window window, double[] gradient) {
        int parameters = network.parameters();
        int head = network.headOffset();
        if (head == parameters) {
            return;
        }
        boolean shared = window.injections() == null && sameHeads(gradient);
        for (int draw = 0; draw < draws; draw++) {
            int offset = draw * parameters + head;
            if (shared && draw > 0) {
                System.arraycopy(gradient, head, gradient, offset, parameters - head);
            } else {
                pullHead(tape, base, window, window.injections(), draw, gradient, offset);
            }
        }
    }

    private void pullHead(
            Tape tape,
            int base,
            Window window,
            boolean @Nullable [] injections,
            int draw,
            double[] gradient,
            int offset) {
        Readout readout = network.readout();
        int from = injections == null ? base + window.lookback() : base;
        readout.pullParams(tape, from, base + window.steps(), injections, draw * lanes, rows, gradient, offset);
    }

    /** Whether all draws hold the same head gradient so far; then one computation serves them all. */
    private boolean sameHeads(double[] gradient) {
        int parameters = network.parameters();
        int head = network.headOffset();
        for (int draw = 1; draw < draws; draw++) {
            int offset = draw * parameters;
            if (!Arrays.equals(gradient, head, parameters, gradient, offset + head, offset + parameters)) {
                return false;
            }
        }
        return true;
    }
}
