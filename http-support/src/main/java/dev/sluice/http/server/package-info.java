/** The web server: its limits, its startup and its orderly shutdown. */
@NullMarked
package dev.sluice.http.server;

import org.jspecify.annotations.NullMarked;
