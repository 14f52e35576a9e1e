/** Publishes the outcome of each submission, and dead letters. */
@NullMarked
package dev.sluice.processor.outcome;

import org.jspecify.annotations.NullMarked;
