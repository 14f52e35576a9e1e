/** Tokens and how they are sent. */
@NullMarked
package dev.sluice.http.access;

import org.jspecify.annotations.NullMarked;
