/** How much one caller's flood slows down another, quiet caller. */
@NullMarked
package dev.sluice.benchmarks.flood;

import org.jspecify.annotations.NullMarked;
