/** How fast a full log gets into the store, beside what others need for less. */
@NullMarked
package dev.sluice.benchmarks.processing;

import org.jspecify.annotations.NullMarked;
