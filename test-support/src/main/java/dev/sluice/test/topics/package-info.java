/** What the repository says about the topics, and whether records are as described. */
@NullMarked
package dev.sluice.test.topics;

import org.jspecify.annotations.NullMarked;
