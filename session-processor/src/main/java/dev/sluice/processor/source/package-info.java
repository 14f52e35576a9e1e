/** Remembers which log a store was filled from, so that no other log is mistaken for it. */
@NullMarked
package dev.sluice.processor.source;

import org.jspecify.annotations.NullMarked;
