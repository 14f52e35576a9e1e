/** The HTTP API's resources, who may use them, and the requests and responses of their handlers. */
@NullMarked
package dev.sluice.http.api;

import org.jspecify.annotations.NullMarked;
