/** The Kafka and the store that a command works on: those of a data folder, or external ones. */
@NullMarked
package dev.sluice.standalone.backing;

import org.jspecify.annotations.NullMarked;
