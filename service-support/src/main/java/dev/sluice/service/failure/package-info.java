/** How a process handles errors of the JVM. */
@NullMarked
package dev.sluice.service.failure;

import org.jspecify.annotations.NullMarked;
