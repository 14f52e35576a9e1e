/** Tests. */
@NullMarked
package dev.sluice.processor.progress;

import org.jspecify.annotations.NullMarked;
