/** How far the store is with each partition of the log. */
@NullMarked
package dev.sluice.processor.progress;

import org.jspecify.annotations.NullMarked;
