/** The read API: answers reads over HTTP from MongoDB, and waits for what was just written. */
@NullMarked
package dev.sluice.processor.read;

import org.jspecify.annotations.NullMarked;
