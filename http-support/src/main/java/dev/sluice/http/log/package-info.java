/** Reads single records of the log by the position that an id names, and asks where the log begins and ends. */
@NullMarked
package dev.sluice.http.log;

import org.jspecify.annotations.NullMarked;
