/** The store of a standalone: one that was given, a {@code mongod} of its own, or the embedded one. */
@NullMarked
package dev.sluice.standalone.store;

import org.jspecify.annotations.NullMarked;
