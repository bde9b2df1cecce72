/**
 * Sweep files: from YAML to complete, located, hashed runs.
 *
 * <p>{@code NodeReader} turns text into a tree whose every node knows its line and column. {@code Expansion} applies
 * grid, zip and cases to that tree, so that each setting is again such a tree. {@code Resolver} checks one against the
 * {@code Schema} and writes it out in full. {@code SweepReader} is the way in, {@code Sweep} what comes out.
 */
@NullMarked
package org.bpttbench.experiments.spec;

import org.jspecify.annotations.NullMarked;
