/** The session-processor: from the log to the store, and the read API. */
@NullMarked
package dev.sluice.processor;

import org.jspecify.annotations.NullMarked;
