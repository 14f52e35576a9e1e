/** Tests of the limits on how much a token may use. */
@NullMarked
package dev.sluice.http.quota;

import org.jspecify.annotations.NullMarked;
