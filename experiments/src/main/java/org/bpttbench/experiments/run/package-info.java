/**
 * From a resolved run to its record in the journal: execution, workers, outcomes. The only package that writes to a
 * results folder while runs go on.
 */
@NullMarked
package org.bpttbench.experiments.run;

import org.jspecify.annotations.NullMarked;
