/** The projection's generations: sets of collections, one of which is live. */
@NullMarked
package dev.sluice.processor.generation;

import org.jspecify.annotations.NullMarked;
