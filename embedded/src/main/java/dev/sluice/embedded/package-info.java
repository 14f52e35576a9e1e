/** A real Kafka broker and a MongoDB-protocol store inside this JVM, with their data on disk. */
@NullMarked
package dev.sluice.embedded;

import org.jspecify.annotations.NullMarked;
