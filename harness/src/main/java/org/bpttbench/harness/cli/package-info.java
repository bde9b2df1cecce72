/** The command line: it reads arguments, calls what does the work, and prints. */
@NullMarked
package org.bpttbench.harness.cli;

import org.jspecify.annotations.NullMarked;
