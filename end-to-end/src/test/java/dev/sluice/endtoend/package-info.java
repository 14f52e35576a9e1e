/** Black-box tests of the standalone as a process, over HTTP and Kafka; and the rules of the architecture. */
@NullMarked
package dev.sluice.endtoend;

import org.jspecify.annotations.NullMarked;
