/** With how little it gets by, how soon it is there, and what it is like when much is stored. */
@NullMarked
package dev.sluice.benchmarks.limits;

import org.jspecify.annotations.NullMarked;
