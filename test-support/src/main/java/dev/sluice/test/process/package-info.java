/** Brokers and services as processes of their own, to be killed, stopped and started again. */
@NullMarked
package dev.sluice.test.process;

import org.jspecify.annotations.NullMarked;
