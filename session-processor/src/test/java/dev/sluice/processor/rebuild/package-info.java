@NullMarked
package dev.sluice.processor.rebuild;

import org.jspecify.annotations.NullMarked;
