/** Tests of the table of resources. */
@NullMarked
package dev.sluice.http.api;

import org.jspecify.annotations.NullMarked;
