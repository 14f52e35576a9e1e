/** What became of the whole log, as sums that are always there to be watched. */
@NullMarked
package dev.sluice.processor.sums;

import org.jspecify.annotations.NullMarked;
