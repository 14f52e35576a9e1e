/** Records of the log by their places. */
@NullMarked
package dev.sluice.http.log;

import org.jspecify.annotations.NullMarked;
