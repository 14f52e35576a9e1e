/** Tests. */
@NullMarked
package dev.sluice.processor.read;

import org.jspecify.annotations.NullMarked;
