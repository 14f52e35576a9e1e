@NullMarked
package dev.sluice.service.offsets;

import org.jspecify.annotations.NullMarked;
