/** Error bodies, in the shapes and texts that clients compare. */
@NullMarked
package dev.sluice.contract.error;

import org.jspecify.annotations.NullMarked;
