/** The format of the process's log lines. */
@NullMarked
package dev.sluice.http.logging;

import org.jspecify.annotations.NullMarked;
