/** How the flat parameter vector is divided into named blocks, and what each block is for. */
@NullMarked
package org.bpttbench.core.param;

import org.jspecify.annotations.NullMarked;
