/** {@code sluice audit}. */
@NullMarked
package dev.sluice.standalone.audit;

import org.jspecify.annotations.NullMarked;
