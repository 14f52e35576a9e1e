/** Text that others wrote and that is shown, and JSON that is written. */
@NullMarked
package dev.sluice.contract.text;

import org.jspecify.annotations.NullMarked;
