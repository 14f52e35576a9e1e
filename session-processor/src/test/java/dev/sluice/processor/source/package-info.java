@NullMarked
package dev.sluice.processor.source;

import org.jspecify.annotations.NullMarked;
