/** An example of a consumer of {@code analysis-outcomes} whose effects happen exactly once. */
@NullMarked
package dev.sluice.examples.outcomes;

import org.jspecify.annotations.NullMarked;
