/** What is to be learnt: sources of steps, metrics and baselines. A task knows nothing of estimators or training. */
@NullMarked
package org.bpttbench.experiments.task;

import org.jspecify.annotations.NullMarked;
