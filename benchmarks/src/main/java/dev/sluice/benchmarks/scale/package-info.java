/** What more processors bring. */
@NullMarked
package dev.sluice.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
