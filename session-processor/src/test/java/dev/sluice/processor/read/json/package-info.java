/** Tests. */
@NullMarked
package dev.sluice.processor.read.json;

import org.jspecify.annotations.NullMarked;
