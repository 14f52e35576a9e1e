/** Who is calling: access tokens, from the topic into memory. */
@NullMarked
package dev.sluice.http.access;

import org.jspecify.annotations.NullMarked;
