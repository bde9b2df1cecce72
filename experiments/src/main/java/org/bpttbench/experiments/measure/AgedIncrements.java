package org.bpttbench.experiments.measure;

import java.util.Arrays;
import org.bpttbench.core.gradient.BackwardPass;
import org.bpttbench.core.gradient.Network;
import org.bpttbench.core.gradient.Window;

/**
 * The increments of a truncation that passes more or less on average as its segments age, such as the uncompensated one
 * under an age law. A flip then also decides what is to be expected of the steps behind it. With e(k) the mean carry, c(k)
 * the chance of a cut, q_j the adjoint of the loss of step j alone and P_j the pull into the parameters,
 *
 * <pre>
 * m_j(k) = q_j + e(k)·J_{j+1}ᵀ m_{j+1}(k+1)                              mean adjoint of step j at age k
 * G_j(k) = P_j m_j(k) + (1−c(k))·G_{j+1}(k+1) + c(k)·G_{j+1}(1)          mean gradient of the steps from j on
 * Δ_j(k) = w(k)·h_j(k) + G_{j+1}(k+1) − G_{j+1}(1)
 * </pre>
 *
 * <p>where h_j(k) starts behind step j with the adjoint J_{j+1}ᵀ m_{j+1}(k+1), injects nothing and runs back over the k steps of
 * the segment. A segment is a row, named by the step that it starts at, so that all ages of a step are walked back
 * together: {@code T³/2} adjoint steps, and memory of {@code T} gradients.
 */
final class AgedIncrements {
    private final FrozenRun run;
    private final AgeChain chain;
    private final Reading reading;
    private final int lanes;
    private final int segments;
    private final BackwardPass backward;
    private final Window window;
    private final double[] gradients;
    private final double[] kept;
    private double[][] ahead;
    private double[][] here;

    AgedIncrements(FrozenRun run, AgeChain chain, Reading reading) {
        Network network = run.network();
        this.run = run;
        this.chain = chain;
        this.reading = reading;
        this.lanes = run.lanes();
        this.segments = run.steps();
        this.backward = new BackwardPass(network, lanes, segments);
        this.window = new Window(lanes, segments);
        this.gradients = new double[Math.multiplyExact(segments, network.parameters())];
        this.kept = new double[reading.size()];
        this.ahead = new double[segments][reading.size()];
        this.here = new double[segments][reading.size()];
    }

    void addTo(Increments increments) {
        double[] adjoint =
                new double[segments * lanes * run.network().model().cell().stateSize()];
        for (int link = run.steps() - 2; link >= 0; link--) {
            expect(link + 1, adjoint);
            if (increments.wants(link)) {
                walk(link, adjoint.clone());
                add(link, increments);
            }
        }
    }

    private void add(int link, Increments increments) {
        for (int start = 0; start <= link; start++) {
            int age = link - start + 1;
            readGradient(start);
            for (int d = 0; d < kept.length; d++) {
                kept[d] = chain.carry(age) * kept[d] + here[start][d] - here[link + 1][d];
            }
            double flip = chain.cut(age) * (1.0 - chain.cut(age));
            double chance = chain.probability(link, age);
            increments.add(start, chance, chain.cut(age), chance * flip, kept);
        }
    }

    /** One step back, of the mean adjoints and of the mean gradients: {@code here} becomes those from the step on. */
    private void expect(int step, double[] adjoint) {
        window.reset(1, 0);
        double[] carries = window.makeCarries();
        for (int start = 0; start <= step && step < run.steps() - 1; start++) {
            Arrays.fill(carries, start * lanes, (start + 1) * lanes, chain.meanCarry(step - start + 1));
        }
        Arrays.fill(gradients, 0.0);
        backward.run(run.tape(), step, window, adjoint, gradients);
        double[][] spare = ahead;
        ahead = here;
        here = spare;
        for (int start = 0; start <= step; start++) {
            readGradient(start);
            double cut = chain.cut(step - start + 1);
            for (int d = 0; d < kept.length; d++) {
                double behind =
                        step == run.steps() - 1 ? 0.0 : (1.0 - cut) * ahead[start][d] + cut * ahead[step + 1][d];
                here[start][d] = kept[d] + behind;
            }
        }
    }

    /** Each segment back to its start, from behind the link: no losses, its own carries, a cut before it. */
    private void walk(int link, double[] adjoint) {
        window.reset(link + 1, link + 1);
        double[] carries = window.makeCarries();
        for (int start = 0; start < segments; start++) {
            for (int t = 0; t < link; t++) {
                double carry = t < start ? 0.0 : chain.carry(t - start + 1);
                int at = (t * segments + start) * lanes;
                Arrays.fill(carries, at, at + lanes, carry);
            }
        }
        int rowSize = adjoint.length / segments;
        Arrays.fill(adjoint, (link + 1) * rowSize, adjoint.length, 0.0);
        Arrays.fill(gradients, 0.0);
        backward.run(run.tape(), 0, window, adjoint, gradients);
    }

    private void readGradient(int start) {
        reading.read(gradients, start * run.network().parameters(), kept);
    }
}
