/** Publishes what became of each submission: outcomes and dead letters. */
@NullMarked
package dev.sluice.processor.outcome;

import org.jspecify.annotations.NullMarked;
