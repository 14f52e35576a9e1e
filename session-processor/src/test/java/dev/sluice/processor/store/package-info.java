/** Tests. */
@NullMarked
package dev.sluice.processor.store;

import org.jspecify.annotations.NullMarked;
