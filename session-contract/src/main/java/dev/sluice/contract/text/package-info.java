/** Text that others wrote, and that is shown. */
@NullMarked
package dev.sluice.contract.text;

import org.jspecify.annotations.NullMarked;
