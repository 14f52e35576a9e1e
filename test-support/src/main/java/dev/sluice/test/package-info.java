/** The Kafka broker and the MongoDB store of integration tests: given ones, else containers, else embedded ones. */
@NullMarked
package dev.sluice.test;

import org.jspecify.annotations.NullMarked;
