/** Limits how much a token may use, so that one caller's flood does not delay another. */
@NullMarked
package dev.sluice.http.quota;

import org.jspecify.annotations.NullMarked;
