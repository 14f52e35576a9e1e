/** The trail of who did what. */
@NullMarked
package dev.sluice.http.audit;

import org.jspecify.annotations.NullMarked;
