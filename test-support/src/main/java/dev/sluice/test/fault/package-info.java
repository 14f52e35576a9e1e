/** Faults between a client and a server, injected by a proxy or an interceptor that a test controls. */
@NullMarked
package dev.sluice.test.fault;

import org.jspecify.annotations.NullMarked;
