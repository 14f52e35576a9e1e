/** {@code sluice demo}: shows Sluice at work in a temporary folder. */
@NullMarked
package dev.sluice.standalone.demo;

import org.jspecify.annotations.NullMarked;
