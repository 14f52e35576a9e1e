@NullMarked
package dev.sluice.service.failure;

import org.jspecify.annotations.NullMarked;
