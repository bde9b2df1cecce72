/** What a sweep file can name, described as data: entries, their parameters and the arguments they are made from. */
@NullMarked
package org.bpttbench.core.catalog;

import org.jspecify.annotations.NullMarked;
