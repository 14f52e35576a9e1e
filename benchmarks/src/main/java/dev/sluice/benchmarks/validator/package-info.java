/** The cost of the rules, compared with only parsing the same bytes. */
@NullMarked
package dev.sluice.benchmarks.validator;

import org.jspecify.annotations.NullMarked;
