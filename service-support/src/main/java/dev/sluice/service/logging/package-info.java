/** The format of the process's log lines. */
@NullMarked
package dev.sluice.service.logging;

import org.jspecify.annotations.NullMarked;
