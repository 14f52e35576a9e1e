/** Tests of {@code sluice rebuild}. */
@NullMarked
package dev.sluice.standalone.rebuild;

import org.jspecify.annotations.NullMarked;
