/** What one caller's flood costs another who asks for little. */
@NullMarked
package dev.sluice.benchmarks.flood;

import org.jspecify.annotations.NullMarked;
