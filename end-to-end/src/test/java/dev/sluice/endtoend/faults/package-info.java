/** What happens when brokers, services, networks and disks fail: real processes, faults by a fixed seed, and a count of what came of it. */
@NullMarked
package dev.sluice.endtoend.faults;

import org.jspecify.annotations.NullMarked;
