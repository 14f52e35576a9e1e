/** Keys under which a project takes one submission and no second. */
@NullMarked
package dev.sluice.processor.key;

import org.jspecify.annotations.NullMarked;
