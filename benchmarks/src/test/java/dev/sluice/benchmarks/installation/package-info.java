/** Tests. */
@NullMarked
package dev.sluice.benchmarks.installation;

import org.jspecify.annotations.NullMarked;
