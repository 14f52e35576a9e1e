/** The HTTP API's resources, who may use them, and what every handler is given and gives back. */
@NullMarked
package dev.sluice.http.api;

import org.jspecify.annotations.NullMarked;
