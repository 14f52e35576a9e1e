/** Histories of the log at random, and what they should end up as by the rules as they are written, whoever processes them. */
@NullMarked
package dev.sluice.test.history;

import org.jspecify.annotations.NullMarked;
