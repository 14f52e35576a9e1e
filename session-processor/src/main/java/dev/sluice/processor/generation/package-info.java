/** The projection's generations: sets of collections of which one is live. */
@NullMarked
package dev.sluice.processor.generation;

import org.jspecify.annotations.NullMarked;
