/** What all callers share and is bounded, so that none of them can keep it from the others. */
@NullMarked
package dev.sluice.http.share;

import org.jspecify.annotations.NullMarked;
