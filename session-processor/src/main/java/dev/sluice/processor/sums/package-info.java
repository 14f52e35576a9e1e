/** The outcomes of the whole log, as sums for monitoring. */
@NullMarked
package dev.sluice.processor.sums;

import org.jspecify.annotations.NullMarked;
