/** The installation under test: a broker, a store and the services as they are shipped, each in a separate process. */
@NullMarked
package dev.sluice.benchmarks.installation;

import org.jspecify.annotations.NullMarked;
