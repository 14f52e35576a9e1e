/** Tests of what may be shown. */
@NullMarked
package dev.sluice.contract.text;

import org.jspecify.annotations.NullMarked;
