/** The audit trail. */
@NullMarked
package dev.sluice.http.audit;

import org.jspecify.annotations.NullMarked;
