/** {@code sluice tail}: shows the outcomes topic to people. */
@NullMarked
package dev.sluice.standalone.tail;

import org.jspecify.annotations.NullMarked;
