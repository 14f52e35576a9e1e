/** Whether tests get what they ask for. */
@NullMarked
package dev.sluice.test;

import org.jspecify.annotations.NullMarked;
