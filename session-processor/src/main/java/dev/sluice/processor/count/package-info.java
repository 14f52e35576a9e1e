/** How many submissions each project has, kept while storing so that nobody has to count. */
@NullMarked
package dev.sluice.processor.count;

import org.jspecify.annotations.NullMarked;
