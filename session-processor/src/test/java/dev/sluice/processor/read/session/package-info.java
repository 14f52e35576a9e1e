/** Tests. */
@NullMarked
package dev.sluice.processor.read.session;

import org.jspecify.annotations.NullMarked;
