/** The page of a sweep: one HTML file with all that it needs, made of results and figures. */
package org.bpttbench.harness.page;
