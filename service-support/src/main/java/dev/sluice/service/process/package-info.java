/** Starts a service as a process, watches its clock, and closes what it has opened. */
@NullMarked
package dev.sluice.service.process;

import org.jspecify.annotations.NullMarked;
