/** Writes stored documents as the JSON that the API shows. */
@NullMarked
package dev.sluice.processor.read.json;

import org.jspecify.annotations.NullMarked;
