/** Tests. */
@NullMarked
package dev.sluice.processor.read.submission;

import org.jspecify.annotations.NullMarked;
