/** Black-box tests: the standalone as a process, spoken to over HTTP and Kafka; and the rules of the architecture. */
@NullMarked
package dev.sluice.endtoend;

import org.jspecify.annotations.NullMarked;
