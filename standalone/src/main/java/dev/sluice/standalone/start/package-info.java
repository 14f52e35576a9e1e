/** {@code sluice start}: everything in one process, with its data in one folder. */
@NullMarked
package dev.sluice.standalone.start;

import org.jspecify.annotations.NullMarked;
