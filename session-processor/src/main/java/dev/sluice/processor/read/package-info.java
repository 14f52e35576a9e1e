/** The read API: lists and single sessions, from MongoDB, waiting for what was just written. */
@NullMarked
package dev.sluice.processor.read;

import org.jspecify.annotations.NullMarked;
