/** What the reads of all resources share: the query's parameters. */
@NullMarked
package dev.sluice.processor.read.request;

import org.jspecify.annotations.NullMarked;
