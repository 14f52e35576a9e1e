/** What the lines of a process's log look like. */
@NullMarked
package dev.sluice.http.logging;

import org.jspecify.annotations.NullMarked;
