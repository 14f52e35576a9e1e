/** How a process handles errors of the JVM. */
@NullMarked
package dev.sluice.http.failure;

import org.jspecify.annotations.NullMarked;
