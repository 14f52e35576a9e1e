/** Stops a partition that receives a flood of bad records, until somebody resumes it. */
@NullMarked
package dev.sluice.processor.breaker;

import org.jspecify.annotations.NullMarked;
