/** Tests of reading single records of the log. */
@NullMarked
package dev.sluice.http.log;

import org.jspecify.annotations.NullMarked;
