/** What the rules cost, beside reading the same bytes without any. */
@NullMarked
package dev.sluice.benchmarks.validator;

import org.jspecify.annotations.NullMarked;
