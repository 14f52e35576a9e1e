/** The read API: everything that is read over HTTP, from MongoDB, waiting for what was just written. */
@NullMarked
package dev.sluice.processor.read;

import org.jspecify.annotations.NullMarked;
