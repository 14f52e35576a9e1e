/** Keys under which a project accepts only one submission each. */
@NullMarked
package dev.sluice.processor.key;

import org.jspecify.annotations.NullMarked;
