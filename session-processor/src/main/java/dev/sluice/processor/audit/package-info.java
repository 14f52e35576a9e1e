/** Proves the store by deciding everything in the log again: what follows from the log is what the store has, and nothing else. */
@NullMarked
package dev.sluice.processor.audit;

import org.jspecify.annotations.NullMarked;
