/** Submissions in MongoDB: one document per record of the log. */
@NullMarked
package dev.sluice.processor.store;

import org.jspecify.annotations.NullMarked;
