/** What the journal's measurements and curves say of a setting: estimates and verdicts. Nothing here runs anything. */
package org.bpttbench.harness.stats;
