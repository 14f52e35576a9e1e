/** Finding what is stored under a key, for many who look for it at the same time. */
@NullMarked
package dev.sluice.processor.read.find;

import org.jspecify.annotations.NullMarked;
