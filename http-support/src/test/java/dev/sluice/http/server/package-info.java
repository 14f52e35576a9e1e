/** Tests of the web server over real sockets. */
@NullMarked
package dev.sluice.http.server;

import org.jspecify.annotations.NullMarked;
