/** Submissions by id: waits for them, resolves duplicates to their originals, and answers them as a resource. */
@NullMarked
package dev.sluice.processor.read.submission;

import org.jspecify.annotations.NullMarked;
