/** What the reads of all resources share: the query's parameters, and the memory that reads may use at once. */
@NullMarked
package dev.sluice.processor.read.request;

import org.jspecify.annotations.NullMarked;
