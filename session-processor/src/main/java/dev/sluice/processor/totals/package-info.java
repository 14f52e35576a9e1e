/** The outcomes of the whole log, as totals for monitoring. */
@NullMarked
package dev.sluice.processor.totals;

import org.jspecify.annotations.NullMarked;
