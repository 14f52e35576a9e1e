/** Tests. */
@NullMarked
package dev.sluice.processor.log;

import org.jspecify.annotations.NullMarked;
