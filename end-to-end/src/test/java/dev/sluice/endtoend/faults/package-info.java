/** Failures of brokers, services, networks and disks, with real processes, faults from a fixed seed, and a check of the results. */
@NullMarked
package dev.sluice.endtoend.faults;

import org.jspecify.annotations.NullMarked;
