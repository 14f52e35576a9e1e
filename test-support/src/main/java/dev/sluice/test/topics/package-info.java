/** The documentation of the topics, and checks of records against it. */
@NullMarked
package dev.sluice.test.topics;

import org.jspecify.annotations.NullMarked;
