@NullMarked
package dev.sluice.processor.breaker;

import org.jspecify.annotations.NullMarked;
