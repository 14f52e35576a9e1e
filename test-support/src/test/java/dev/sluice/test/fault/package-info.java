/** Tests. */
@NullMarked
package dev.sluice.test.fault;

import org.jspecify.annotations.NullMarked;
