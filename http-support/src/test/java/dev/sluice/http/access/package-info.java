/** Tests of access tokens and the header that carries them. */
@NullMarked
package dev.sluice.http.access;

import org.jspecify.annotations.NullMarked;
