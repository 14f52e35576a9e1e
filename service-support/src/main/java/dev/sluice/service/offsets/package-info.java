/** Asks where the log begins and ends, and what arrived when. */
@NullMarked
package dev.sluice.service.offsets;

import org.jspecify.annotations.NullMarked;
