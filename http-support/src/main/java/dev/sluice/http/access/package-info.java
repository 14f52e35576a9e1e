/** Authentication: access tokens, loaded from their topic into memory. */
@NullMarked
package dev.sluice.http.access;

import org.jspecify.annotations.NullMarked;
