/** Tests. */
@NullMarked
package dev.sluice.processor.topic;

import org.jspecify.annotations.NullMarked;
