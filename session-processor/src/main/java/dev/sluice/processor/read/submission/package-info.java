/** Submissions by id, whatever became of them: waited for, resolved to the first of their kind, and as a resource of their own. */
@NullMarked
package dev.sluice.processor.read.submission;

import org.jspecify.annotations.NullMarked;
