/** Tests. */
@NullMarked
package dev.sluice.processor;

import org.jspecify.annotations.NullMarked;
