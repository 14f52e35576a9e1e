/** Faults between a client and a server, injected by a proxy that a test steers. */
@NullMarked
package dev.sluice.test.fault;

import org.jspecify.annotations.NullMarked;
