@NullMarked
package dev.sluice.http.failure;

import org.jspecify.annotations.NullMarked;
