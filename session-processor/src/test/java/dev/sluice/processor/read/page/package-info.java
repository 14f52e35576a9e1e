/** Tests. */
@NullMarked
package dev.sluice.processor.read.page;

import org.jspecify.annotations.NullMarked;
