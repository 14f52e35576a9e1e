/** Pages of lists: where they begin, what is on them, and how they lead to one another. */
@NullMarked
package dev.sluice.processor.read.page;

import org.jspecify.annotations.NullMarked;
