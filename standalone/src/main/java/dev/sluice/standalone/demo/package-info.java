/** {@code sluice demo}: shows that it works, in a fresh folder. */
@NullMarked
package dev.sluice.standalone.demo;

import org.jspecify.annotations.NullMarked;
