/** How much a token may ask for, so that one caller's flood is not another's delay. */
@NullMarked
package dev.sluice.http.quota;

import org.jspecify.annotations.NullMarked;
