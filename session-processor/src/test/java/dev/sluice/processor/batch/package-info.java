/** Tests. */
@NullMarked
package dev.sluice.processor.batch;

import org.jspecify.annotations.NullMarked;
