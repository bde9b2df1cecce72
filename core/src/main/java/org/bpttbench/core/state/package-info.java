/** What it takes to leave a computation and go on with it later, in another process, with the same bits. */
@NullMarked
package org.bpttbench.core.state;

import org.jspecify.annotations.NullMarked;
