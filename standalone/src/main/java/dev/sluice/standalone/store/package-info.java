/** The store of a standalone: a given one, its own {@code mongod}, or the embedded one. */
@NullMarked
package dev.sluice.standalone.store;

import org.jspecify.annotations.NullMarked;
