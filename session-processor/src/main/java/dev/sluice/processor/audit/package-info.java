/** Verifies that the store has exactly what follows from the log, by deciding all records again. */
@NullMarked
package dev.sluice.processor.audit;

import org.jspecify.annotations.NullMarked;
