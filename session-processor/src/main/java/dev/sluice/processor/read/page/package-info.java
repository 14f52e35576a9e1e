/** Pages of lists: their places, their items and the links between them. */
@NullMarked
package dev.sluice.processor.read.page;

import org.jspecify.annotations.NullMarked;
