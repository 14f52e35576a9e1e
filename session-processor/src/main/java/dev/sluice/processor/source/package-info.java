/** Which log a store was filled from, so that no other one is taken for it. */
@NullMarked
package dev.sluice.processor.source;

import org.jspecify.annotations.NullMarked;
