/** Pages of lists: their ranges, their items and the links between them. */
@NullMarked
package dev.sluice.processor.read.page;

import org.jspecify.annotations.NullMarked;
