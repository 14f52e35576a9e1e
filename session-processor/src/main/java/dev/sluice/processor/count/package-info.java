/** The number of submissions of each project, kept while storing so that reads need not count. */
@NullMarked
package dev.sluice.processor.count;

import org.jspecify.annotations.NullMarked;
