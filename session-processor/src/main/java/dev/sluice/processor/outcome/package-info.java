/** What became of each submission, told on topics: outcomes and dead letters. */
@NullMarked
package dev.sluice.processor.outcome;

import org.jspecify.annotations.NullMarked;
