/** Health and metrics of both services. */
@NullMarked
package dev.sluice.http.observe;

import org.jspecify.annotations.NullMarked;
