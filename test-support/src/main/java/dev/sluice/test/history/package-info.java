/** Random histories of the log, and the results that the written rules demand for them. */
@NullMarked
package dev.sluice.test.history;

import org.jspecify.annotations.NullMarked;
