/** Tests of the server's certificate. */
@NullMarked
package dev.sluice.http.tls;

import org.jspecify.annotations.NullMarked;
