/** What every part of the suite is given, and what it gives back. */
@NullMarked
package dev.sluice.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
