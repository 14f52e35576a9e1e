/** Who may do what, with both services as processes of their own. */
@NullMarked
package dev.sluice.endtoend.access;

import org.jspecify.annotations.NullMarked;
