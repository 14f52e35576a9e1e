/** Shares limited resources among callers, so that none can keep them from the others. */
@NullMarked
package dev.sluice.http.share;

import org.jspecify.annotations.NullMarked;
