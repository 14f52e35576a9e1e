/** Health and metrics, on both services. */
@NullMarked
package dev.sluice.http.observe;

import org.jspecify.annotations.NullMarked;
