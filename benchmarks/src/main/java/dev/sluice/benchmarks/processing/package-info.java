/** How fast a full log is stored, compared with systems that do less. */
@NullMarked
package dev.sluice.benchmarks.processing;

import org.jspecify.annotations.NullMarked;
