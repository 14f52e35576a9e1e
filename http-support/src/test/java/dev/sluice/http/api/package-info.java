/** Tests of the one table of resources. */
@NullMarked
package dev.sluice.http.api;

import org.jspecify.annotations.NullMarked;
