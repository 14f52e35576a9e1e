/** Tests of reading single records of the log. */
@NullMarked
package dev.sluice.http.lookup;

import org.jspecify.annotations.NullMarked;
