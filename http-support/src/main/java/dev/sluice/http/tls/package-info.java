/** The server's certificate: from PEM files, replaced while connections go on, and spoken with in a bounded time. */
@NullMarked
package dev.sluice.http.tls;

import org.jspecify.annotations.NullMarked;
