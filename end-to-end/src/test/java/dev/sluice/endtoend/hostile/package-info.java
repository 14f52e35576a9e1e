/** What clients send that mean harm, or do not know better: a corpus of exact bytes, and clients that are slow, many or large. */
@NullMarked
package dev.sluice.endtoend.hostile;

import org.jspecify.annotations.NullMarked;
