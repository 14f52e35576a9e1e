/** Reads single records of the log by the position that an id names. */
@NullMarked
package dev.sluice.http.lookup;

import org.jspecify.annotations.NullMarked;
