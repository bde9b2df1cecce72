/**
 * The arithmetic of {@link org.bpttbench.core.kernel.Kernels} on the Vector API of the JDK, with the bits of the plain
 * backend. Found through {@link java.util.ServiceLoader}; nothing compiles against it.
 */
@NullMarked
package org.bpttbench.accelerator;

import org.jspecify.annotations.NullMarked;
