/** Malicious and faulty clients: a corpus of exact bytes, and clients that are slow, numerous or large. */
@NullMarked
package dev.sluice.endtoend.hostile;

import org.jspecify.annotations.NullMarked;
