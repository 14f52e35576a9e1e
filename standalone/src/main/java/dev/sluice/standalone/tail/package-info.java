/** {@code sluice tail}: follows the outcomes' topic for people. */
@NullMarked
package dev.sluice.standalone.tail;

import org.jspecify.annotations.NullMarked;
