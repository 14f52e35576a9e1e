/**
 * The server's certificate: read from PEM files, replaced while connections stay open, and used with bounded writes.
 */
@NullMarked
package dev.sluice.http.tls;

import org.jspecify.annotations.NullMarked;
