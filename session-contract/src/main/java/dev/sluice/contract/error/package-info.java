/** Error bodies, in the shapes and texts that clients rely on. */
@NullMarked
package dev.sluice.contract.error;

import org.jspecify.annotations.NullMarked;
