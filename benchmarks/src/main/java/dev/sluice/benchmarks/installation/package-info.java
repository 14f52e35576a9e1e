/** What is measured, as it is installed: a broker, a store and the services as they are shipped, each a process of its own. */
@NullMarked
package dev.sluice.benchmarks.installation;

import org.jspecify.annotations.NullMarked;
