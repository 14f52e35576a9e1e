@NullMarked
package dev.sluice.service.logging;

import org.jspecify.annotations.NullMarked;
