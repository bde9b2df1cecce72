/** JMH benchmarks of a step and of a measurement; run by {@code org.openjdk.jmh.Main}, not by the tests. */
@NullMarked
package org.bpttbench.harness.jmh;

import org.jspecify.annotations.NullMarked;
