/** Reads single sessions and lists them, filtered by their fields and by time received. */
@NullMarked
package dev.sluice.processor.read.session;

import org.jspecify.annotations.NullMarked;
