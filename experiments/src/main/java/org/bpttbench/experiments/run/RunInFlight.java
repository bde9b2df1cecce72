package org.bpttbench.experiments.run;

import org.bpttbench.experiments.spec.RunSpec;

/**
 * A run that goes on now. Whoever wants to know how far it is asks when it likes, from any thread, and may be told what was so
 * a moment ago. To be asked costs the run nothing.
 */
public interface RunInFlight {
    RunSpec spec();

    /** Time steps trained. */
    long step();

    /** The step at which training ends if all goes well; 0 for a run that does not train. */
    long end();

    /** How much of what there is to compute is done, in [0, 1]. A measurement counts when it has ended. */
    double share();

    /** The {@link #share} with which this process began, above 0 for a run that goes on from a checkpoint. */
    double startShare();
}
