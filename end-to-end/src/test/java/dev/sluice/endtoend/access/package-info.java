/** Access control, with both services in separate processes. */
@NullMarked
package dev.sluice.endtoend.access;

import org.jspecify.annotations.NullMarked;
