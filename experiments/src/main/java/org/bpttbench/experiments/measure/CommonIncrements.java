package org.bpttbench.experiments.measure;

import java.util.Arrays;
import org.bpttbench.core.gradient.BackwardPass;
import org.bpttbench.core.gradient.Window;

/**
 * The increments of a truncation under which the adjoint that later losses send back over a link has the same expectation
 * at every age: one that compensates, or whose links are all alike. What lies behind the link is then no better known by
 * the flip, and one walk back serves the segments of all ages: with p_i the gradient of the step i before the link, without
 * carries,
 *
 * <pre>Δ_j(k) = w(k)·Σ_{i&lt;k} Π_{m=1..i} w(k−m) · p_i</pre>
 *
 * <p>{@code T²/2} adjoint steps, and {@code T³/6} sums of kept vectors; as many as steps where all links are alike.
 */
final class CommonIncrements {
    private final FrozenRun run;
    private final AgeChain chain;
    private final Reading reading;
    private final BackwardPass backward;
    private final Window step;
    private final double[] term;
    private final double[] kept;
    private final double[][] sums;
    private final boolean ageless;

    CommonIncrements(FrozenRun run, AgeChain chain, Reading reading) {
        this.run = run;
        this.chain = chain;
        this.reading = reading;
        this.backward = new BackwardPass(run.network(), run.lanes(), 1);
        this.step = new Window(run.lanes(), 1);
        this.term = new double[run.network().parameters()];
        this.kept = new double[reading.size()];
        this.ageless = chain.ageless();
        this.sums = new double[ageless ? 1 : run.steps()][reading.size()];
    }

    void addTo(Increments increments) {
        double[] adjoint = new double[run.lanes() * run.network().model().cell().stateSize()];
        for (int link = run.steps() - 2; link >= 0; link--) {
            carryBack(link + 1, adjoint);
            if (increments.wants(link)) {
                walk(link, adjoint.clone(), increments);
            }
        }
    }

    /** From the adjoint behind a step to the one before it, the losses of the step among it: what is passed on average. */
    private void carryBack(int at, double[] adjoint) {
        step.reset(1, 0);
        Arrays.fill(step.makeCarries(), 0, step.rows(), at == run.steps() - 1 ? 1.0 : chain.meanCarry(1));
        backward.run(run.tape(), at, step, adjoint, term);
    }

    private void walk(int link, double[] adjoint, Increments increments) {
        for (double[] sum : sums) {
            Arrays.fill(sum, 0.0);
        }
        if (ageless) {
            walkAlike(link, adjoint, increments);
        } else {
            walkAged(link, adjoint, increments);
        }
    }

    /**
     * Where all links are alike the walk back is every age's, as far as it got. Both are scaled by √S(k−1), the root of the
     * probability of getting so old: alone, the product of the carries leaves the range of numbers before the variance does.
     */
    private void walkAlike(int link, double[] adjoint, Increments increments) {
        double root = Math.sqrt(1.0 - chain.cut(1));
        double weight = chain.cut(1) * (1.0 - chain.cut(1)) * chain.carry(1) * chain.carry(1);
        for (int i = 0; i <= link; i++) {
            pull(link - i, i == 0 ? 1.0 : root * chain.carry(1), adjoint);
            add(sums[0], i == 0 ? 0.0 : root, 1.0);
            int start = link - i;
            increments.add(start, chain.probability(link, i + 1), chain.cut(1), chain.start(start) * weight, sums[0]);
        }
    }

    private void walkAged(int link, double[] adjoint, Increments increments) {
        double[] carries = new double[link + 2];
        Arrays.fill(carries, 1.0);
        for (int i = 0; i <= link; i++) {
            pull(link - i, 1.0, adjoint);
            for (int age = i + 1; age <= link + 1; age++) {
                carries[age] *= i == 0 ? 1.0 : chain.carry(age - i);
                add(sums[age - 1], 1.0, carries[age]);
            }
            int age = i + 1;
            double flip = chain.cut(age) * (1.0 - chain.cut(age)) * chain.carry(age) * chain.carry(age);
            double chance = chain.probability(link, age);
            increments.add(link - i, chance, chain.cut(age), chance * flip, sums[i]);
        }
    }

    /** One step back without its losses; its gradient is kept. */
    private void pull(int at, double carry, double[] adjoint) {
        step.reset(1, 1);
        Arrays.fill(step.makeCarries(), 0, step.rows(), carry);
        Arrays.fill(term, 0.0);
        backward.run(run.tape(), at, step, adjoint, term);
        reading.read(term, 0, kept);
    }

    private void add(double[] sum, double before, double weight) {
        for (int d = 0; d < sum.length; d++) {
            sum[d] = Math.fma(weight, kept[d], before * sum[d]);
        }
    }
}
