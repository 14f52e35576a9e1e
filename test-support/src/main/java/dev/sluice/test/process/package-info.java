/** Brokers and services in separate processes, which tests kill, stop and restart. */
@NullMarked
package dev.sluice.test.process;

import org.jspecify.annotations.NullMarked;
