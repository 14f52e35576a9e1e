/** How virtual threads share the processors. */
@NullMarked
package dev.sluice.contract.thread;

import org.jspecify.annotations.NullMarked;
