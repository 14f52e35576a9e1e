/** The web server: its limits, its start and its orderly stop. */
@NullMarked
package dev.sluice.http.server;

import org.jspecify.annotations.NullMarked;
