/** Sessions, one and listed, filtered by what they say and by when they came. */
@NullMarked
package dev.sluice.processor.read.session;

import org.jspecify.annotations.NullMarked;
