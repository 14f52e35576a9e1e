@NullMarked
package dev.sluice.processor.generation;

import org.jspecify.annotations.NullMarked;
